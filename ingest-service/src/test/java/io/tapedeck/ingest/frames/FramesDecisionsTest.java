package io.tapedeck.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Names, origins and pace.
class FramesDecisionsTest {

    /// The default.
    private static final int MESSAGES_PER_SECOND = 1_000;

    private static final Instant AT = Instant.parse("2026-11-21T18:04:05.678Z");

    @ParameterizedTest
    @CsvSource({
        "cam-1, cam-1",
        "../../etc/passwd, etc-passwd",
        ".hidden, hidden",
        "'a b/c\\d', a-b-c-d",
        "Küche, K-che",
        "'', client",
        "…, client",
        "-rf, rf",
        "a..b, a.b",
        "CON, CON",
        "'x\ny', x-y",
    })
    void namesAreSafe(String client, String safe) {
        String name = RecordingName.of(client, AT, 0);
        assertThat(name).isEqualTo(safe + "_20261121T180405Z").matches("[A-Za-z0-9][\\w.-]{0,119}");
    }

    @Test
    void namesAreNotTooLongAndTwinsDiffer() {
        assertThat(RecordingName.of("x".repeat(500), AT, 10_000)).hasSizeLessThan(120);
        assertThat(RecordingName.of("a", AT, 1)).isEqualTo("a_20261121T180405Z-2");
        assertThat(RecordingName.meant("a_1.wav")).isEqualTo("a_1");
        assertThat(RecordingName.meant("a_1")).isEqualTo("a_1");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, localhost:8080, true",
                "http://localhost:8080, localhost:8080, true",
                "https://tape.example.org, tape.example.org, true",
                "https://tape.example.org:443, tape.example.org, true",
                "HTTP://LOCALHOST:8080, localhost:8080, true",
                "https://public.example.org, inside:8080, true",
                "http://evil.example.org, localhost:8080, false",
                "http://localhost:9090, localhost:8080, false",
                "http://localhost:8080.evil.org, localhost:8080, false",
                "http://evil.org#localhost:8080, localhost:8080, false",
                "http://localhost:8080@evil.org, localhost:8080, false",
                "null, localhost:8080, false",
                "file://, localhost:8080, false",
                "'', localhost:8080, false",
                "http://a b, localhost:8080, false",
            })
    void onlyOwnPagesConnect(String origin, String host, boolean own) {
        assertThat(FramesOrigin.isOwn(origin, host, Optional.of("https://public.example.org")))
                .isEqualTo(own);
    }

    @Test
    void aBurstIsTakenAtOnceAndThenSoManyASecond() {
        var pace = new FramesPace(10);
        for (int i = 0; i < 100; i++) {
            assertThat(pace.count(0)).isZero();
        }
        assertThat(pace.count(0)).isEqualTo(Duration.ofMillis(100));
        assertThat(pace.count(0)).isEqualTo(Duration.ofMillis(200));
        assertThat(pace.count(Duration.ofSeconds(60).toNanos())).isZero();
    }

    /// 128 samples are what a browser's AudioWorklet hands out.
    @ParameterizedTest
    @ValueSource(ints = {64, 128, 441, 2_940, 44_100})
    void whoKeepsTimeNeverWaitsHoweverSmallThePiecesOfSound(int samples) {
        var pace = new FramesPace(MESSAGES_PER_SECOND);
        double perSecond = 15 + 44_100.0 / samples;
        for (int i = 0; i < 600 * perSecond; i++) {
            assertThat(pace.count((long) (i / perSecond * 1e9))).isZero();
        }
    }

    @Test
    void memoryIsBoundedAndComesBack() throws Exception {
        var memory = new FramesMemory(10_000);
        var batch = new FramesBatch(0);
        assertThat(memory.tryTake(8_000)).isTrue();
        batch.add(new FramesMessage.Sound(new byte[8_000]), Arrival.at(0));
        assertThat(memory.tryTake(8_000)).isFalse();
        memory.giveBack(batch);
        // What is larger than all there is waits for all there is.
        memory.take(1_000_000);
        assertThat(memory.tryTake(1)).isFalse();
    }
}
