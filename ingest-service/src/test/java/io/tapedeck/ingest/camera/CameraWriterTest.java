package io.tapedeck.ingest.camera;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.camera.CameraBuffer.Kind;
import io.tapedeck.ingest.camera.CameraClaim.Place;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameraWriterTest {

    private static final CameraRules RULES =
            new CameraRules(Duration.ofSeconds(10), 50, 100, 100, 100, Duration.ofDays(1));

    private final Noted log = new Noted();

    /// Notes what is added as `session index run bytes`, and fails as it is told.
    private static final class Noted implements CameraLog {

        private final List<String> chunks = new ArrayList<>();
        private final Deque<Exception> failures = new ArrayDeque<>();
        private int sessions = 1;

        @Override
        public void append(String cameraId, long epoch, Place place, int run, byte[] bytes)
                throws IOException, LostException {
            switch (failures.poll()) {
                case null -> {}
                case IOException e -> throw e;
                case LostException e -> throw e;
                case RuntimeException e -> throw e;
                case Exception e -> throw new IllegalStateException(e);
            }
            chunks.add(
                    "%s %d %d %s"
                            .formatted(
                                    place.sessionId(),
                                    place.nextIndex(),
                                    run,
                                    new String(bytes, UTF_8)));
        }

        @Override
        public String goOn(String cameraId, long epoch, String endedSessionId) {
            sessions++;
            return "s" + sessions;
        }
    }

    @Test
    void aHeaderWaitsForMediaAndEachIsARun() throws Exception {
        CameraWriter writer = writer(new Place("s1", 0, 0));
        write(writer, "H1", "a", "b", "H2", "H3", "c");
        assertThat(log.chunks)
                .containsExactly("s1 0 0 H1", "s1 1 0 a", "s1 2 0 b", "s1 3 1 H3", "s1 4 1 c");
    }

    @Test
    void itGoesOnFromTheRow() throws Exception {
        write(writer(new Place("s1", 17, 3)), "H1", "a");
        assertThat(log.chunks).containsExactly("s1 17 3 H1", "s1 18 3 a");
    }

    @Test
    void whatFailsIsTriedAgainInTheSamePlace() throws Exception {
        log.failures.add(new IOException("the store is away"));
        log.failures.add(new IllegalStateException("the database is away"));
        write(writer(new Place("s1", 0, 0)), "H1", "a");
        assertThat(log.chunks).containsExactly("s1 0 0 H1", "s1 1 0 a");
    }

    @Test
    void anEndedSessionIsFollowedByAnotherThatBeginsWithTheHeader() throws Exception {
        CameraWriter writer = writer(new Place("s1", 0, 0));
        write(writer, "H1", "a");
        log.failures.add(new ProblemException(IngestProblem.SESSION_DELETED, "gone"));
        write(writer, "b", "c");
        assertThat(log.chunks)
                .containsExactly("s1 0 0 H1", "s1 1 0 a", "s2 0 0 H1", "s2 1 0 b", "s2 2 0 c");
    }

    @Test
    void aSessionThatIsFullFromTheBeginningIsNotFollowedByOthersLikeIt() {
        log.failures.add(new ProblemException(IngestProblem.SESSION_FULL, "full"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> write(writer(new Place("s1", 0, 0)), "H1", "a"));
        assertThat(log.sessions).isOne();
    }

    @Test
    void whoLostTheCameraAddsNothing() {
        log.failures.add(new CameraLog.LostException());
        assertThatExceptionOfType(CameraLog.LostException.class)
                .isThrownBy(() -> write(writer(new Place("s1", 0, 0)), "H1", "a"));
        assertThat(log.chunks).isEmpty();
    }

    @Test
    void aConnectionThatStandsForLongIsSeveralRuns() throws Exception {
        var restless = new CameraRules(Duration.ofSeconds(10), 50, 100, 100, 100, Duration.ZERO);
        write(writer(new Place("s1", 0, 0), restless), "H1", "a", "b");
        assertThat(log.chunks).containsExactly("s1 0 0 H1", "s1 1 0 a", "s1 2 1 H1", "s1 3 1 b");
    }

    private CameraWriter writer(Place place) {
        return writer(place, RULES);
    }

    private CameraWriter writer(Place place, CameraRules rules) {
        var url = new CameraUrl(URI.create("http://cam/"));
        var status = CameraStatus.connecting(Instant.EPOCH, null);
        return new CameraWriter(new CameraClaim("c", url, 1, place, true, status), log, rules);
    }

    /// @param pieces headers begin with H
    private static void write(CameraWriter writer, String... pieces) throws Exception {
        for (String piece : pieces) {
            Kind kind = piece.startsWith("H") ? Kind.HEADER : Kind.MEDIA;
            writer.write(new CameraBuffer.Piece(kind, piece.getBytes(UTF_8)));
        }
    }
}
