package io.tapedeck.ingest.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a playback ends, as the client sees it.
@Timeout(20)
class FramesPlaybackTest {

    private static final String PLAY = "{\"eventType\":\"REQUEST_AUDIO_STREAM_PLAYBACK\"}";
    private static final byte[] SECOND = new byte[88_200];

    private final Client client = new Client();

    @Test
    void theEndOfARecordingIsToldAndClosesNormally() throws Exception {
        client.say(PLAY);
        run(_ -> pieces(null));
        assertThat(client.told).last().asString().contains("CLOSE");
        assertThat(client.closed).containsExactly(1000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordingThatBreaksOffIsNoneThatEnded(boolean store) throws Exception {
        client.say(PLAY);
        run(_ -> pieces(store ? new IOException("away") : new IllegalStateException("away")));
        assertThat(client.told).last().asString().contains("ERROR").contains("store-unavailable");
        assertThat(client.told).noneMatch(said -> said.contains("\"CLOSE\""));
        assertThat(client.told).anyMatch(said -> said.contains("AUDIO_STREAM_PAYLOAD"));
        assertThat(client.closed).containsExactly(1013);
    }

    @Test
    void whoAlsoSendsIsOnlyTold() throws Exception {
        client.say(
                "{\"eventType\":\"STREAM\",\"mediaSourceType\":\"AUDIO\",\"encodedMediaChunk\":\"AQI=\"}");
        client.say(PLAY);
        client.afterEnd = () -> client.say("{\"eventType\":\"CLOSE\"}");
        run(_ -> pieces(new IOException("away")));
        assertThat(client.told).last().asString().contains("store-unavailable");
        assertThat(client.closed).containsExactly(1000);
    }

    @Test
    void aDatabaseThatIsAwayIsSaidToo() throws Exception {
        client.say(PLAY);
        run(_ -> {
            throw new IllegalStateException("away");
        });
        assertThat(client.told).singleElement().asString().contains("store-unavailable");
        assertThat(client.closed).containsExactly(1013);
    }

    @Test
    void whatIsNotWantedAnyMoreDoesNotFail() throws Exception {
        var asked = new CountDownLatch(1);
        var times = new AtomicInteger();
        client.say(PLAY);
        client.afterText =
                () -> {
                    if (times.get() == 1) {
                        asked.await();
                        client.say(PLAY);
                    }
                };
        run(_ ->
                times.getAndIncrement() > 0
                        ? pieces(null)
                        : () -> {
                            asked.countDown();
                            try {
                                Thread.sleep(Duration.ofMinutes(1));
                                return null;
                            } catch (InterruptedException e) {
                                throw new IOException("cut off", e);
                            }
                        });
        assertThat(client.told).noneMatch(said -> said.contains("ERROR"));
        assertThat(client.closed).containsExactly(1000);
    }

    /// A second of sound, and then the end or a failure.
    private static FramesSounds.Source pieces(@Nullable Exception failure) {
        var left = new AtomicInteger(1);
        return () -> {
            if (left.getAndDecrement() > 0) {
                return SECOND;
            }
            switch (failure) {
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case null, default -> {
                    return null;
                }
            }
        };
    }

    private void run(FramesSounds sounds) {
        var rules =
                new FramesRules(
                        Duration.ofMinutes(1),
                        1 << 20,
                        1_000,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1));
        var recorder =
                new FramesRecorder(
                        new Nowhere(), new FramesMemory(1 << 20), rules, System::nanoTime);
        new FramesConnection(
                        client,
                        new FramesPlayback(sounds),
                        new MessageReader(10_000),
                        recorder,
                        rules)
                .run();
    }

    private static final class Nowhere implements FramesLog {
        @Override
        public String open(String clientId) {
            return "session";
        }

        @Override
        public void append(String sessionId, FramesChunk chunk) {}

        @Override
        public void renew(String sessionId) {}

        @Override
        public void finish(String sessionId) {}
    }

    /// A client that has said something already.
    private static final class Client implements FramesPeer {

        interface Step {
            void run() throws InterruptedException;
        }

        final List<String> told = new CopyOnWriteArrayList<>();
        final List<Integer> closed = new CopyOnWriteArrayList<>();
        Step afterEnd = () -> {};
        Step afterText = () -> {};
        private final BlockingQueue<Happening> arrivals = new LinkedBlockingQueue<>();
        private @Nullable Happening last;

        void say(String json) {
            arrivals.add(new Text(json.getBytes(UTF_8), Arrival.at(0)));
        }

        @Override
        public @Nullable Happening next(Duration patience) throws InterruptedException {
            if (last instanceof PlaybackEnded) {
                afterEnd.run();
            } else if (last instanceof Text) {
                afterText.run();
            }
            last = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            return last;
        }

        @Override
        public void post(Happening happening) {
            arrivals.add(happening);
        }

        @Override
        public void send(String json) {
            told.add(json);
        }

        @Override
        public void close(int status, String reason) {
            closed.add(status);
        }
    }
}
