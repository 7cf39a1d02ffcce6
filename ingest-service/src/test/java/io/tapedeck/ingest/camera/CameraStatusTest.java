package io.tapedeck.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.camera.CameraStatus.Problem;
import io.tapedeck.ingest.camera.CameraStatus.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CameraStatusTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Problem GONE = new Problem("camera-unreachable", "Nobody answers.");
    private static final Problem STORE = new Problem("store-unavailable", "Not now.");

    private final CameraStatus connecting = CameraStatus.connecting(START, null);
    private final CameraStatus online = connecting.bytesCame(at(5));

    @Test
    void bytesMakeItOnlineSinceTheFirst() {
        assertThat(online).isEqualTo(new CameraStatus(State.ONLINE, at(5), null, null, at(5)));
        assertThat(online.bytesCame(at(9)))
                .isEqualTo(new CameraStatus(State.ONLINE, at(5), null, null, at(9)));
    }

    @Test
    void itIsOfflineSinceTheFirstFailureAndSaysWhy() {
        CameraStatus offline = online.failed(at(10), GONE, at(11));
        assertThat(offline).isEqualTo(new CameraStatus(State.OFFLINE, at(10), GONE, at(11), at(5)));
        CameraStatus tried = offline.tried();
        assertThat(tried).isEqualTo(new CameraStatus(State.OFFLINE, at(10), GONE, null, at(5)));
        assertThat(tried.failed(at(12), GONE, at(14)).since()).isEqualTo(at(10));
        assertThat(tried.bytesCame(at(13)))
                .isEqualTo(new CameraStatus(State.ONLINE, at(13), null, null, at(13)));
    }

    @Test
    void aStoreThatIsAwayIsSaidOnlyWhileBytesCome() {
        assertThat(online.beset(STORE).problem()).isEqualTo(STORE);
        assertThat(online.beset(STORE).beset(null)).isEqualTo(online);
        CameraStatus offline = online.failed(at(10), GONE, at(11));
        assertThat(offline.beset(STORE)).isEqualTo(offline);
    }

    @Test
    void whatNobodyPullsIsNotOnline() {
        assertThat(online.abandoned(at(20))).isEqualTo(CameraStatus.connecting(at(20), at(5)));
        CameraStatus offline = online.failed(at(10), GONE, at(11));
        assertThat(offline.abandoned(at(20))).isEqualTo(offline);
    }

    @Test
    void whatNobodyPullsForLongSaysSo() {
        assertThat(online.abandoned(at(20), at(35)))
                .isEqualTo(CameraStatus.connecting(at(20), at(5)));
        CameraStatus waiting = online.failed(at(10), GONE, at(11)).abandoned(at(20), at(36));
        assertThat(waiting.state()).isEqualTo(State.OFFLINE);
        assertThat(waiting.since()).isEqualTo(at(20));
        assertThat(waiting.problem())
                .isNotNull()
                .extracting(Problem::code)
                .isEqualTo("camera-not-pulled");
        assertThat(waiting.retryAt()).isNull();
        assertThat(waiting.lastBytesAt()).isEqualTo(at(5));
    }

    @Test
    void onlyWhenBytesCameIsNotNews() {
        assertThat(online.bytesCame(at(9)).tells(online)).isTrue();
        assertThat(online.beset(STORE).tells(online)).isFalse();
        assertThat(online.tells(connecting)).isFalse();
    }

    @Test
    void whatACameraSaysIsOneShortLine() {
        Problem problem =
                Problem.of("camera-not-understood", "It says\0\r\n\u001b[1m" + "x".repeat(900));
        assertThat(problem.detail()).startsWith("It says [1mxx").hasSize(500);
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }
}
