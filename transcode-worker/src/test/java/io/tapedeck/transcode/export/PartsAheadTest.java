package io.tapedeck.transcode.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.ffmpeg.export.ExportSource;
import io.tapedeck.transcode.task.RenderedPart;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsAheadTest {

    @Test
    void givesAllPartsInTheirOrder() throws Exception {
        List<RenderedPart> parts = parts(30);
        try (var ahead = new PartsAhead(new Names(0), parts)) {
            for (int i = 0; i < parts.size(); i++) {
                assertThat(text(ahead.sources().get(i))).isEqualTo(parts.get(i).objectKey());
            }
        }
    }

    /// The store answers nobody before four have asked.
    @Test
    void asksForSeveralAtOnce() throws Exception {
        List<RenderedPart> parts = parts(4);
        try (var ahead = new PartsAhead(new Names(4), parts)) {
            assertThat(text(ahead.sources().getFirst())).isEqualTo("part-0");
        }
    }

    @Test
    void aPartTooLargeForMemoryIsReadInItsTurn() throws Exception {
        var parts =
                List.of(
                        new RenderedPart("small", 5),
                        new RenderedPart("large", 1L << 40),
                        new RenderedPart("again", 5));
        try (var ahead = new PartsAhead(new Names(0), parts)) {
            List<ExportSource> sources = ahead.sources();
            assertThat(text(sources.get(0))).isEqualTo("small");
            assertThat(text(sources.get(1))).isEqualTo("large");
            assertThat(text(sources.get(2))).isEqualTo("again");
        }
    }

    @Test
    void whatTheStoreSaysIsSaidWhenItsTurnComes() throws Exception {
        var parts = List.of(new RenderedPart("there", 5), new RenderedPart("missing", 7));
        try (var ahead = new PartsAhead(new Names(0), parts)) {
            List<ExportSource> sources = ahead.sources();
            assertThat(text(sources.get(0))).isEqualTo("there");
            assertThatThrownBy(() -> text(sources.get(1)))
                    .isInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    void aPartCutShortIsNoPart() {
        try (var ahead = new PartsAhead(new Names(0), List.of(new RenderedPart("short", 6)))) {
            assertThatThrownBy(() -> text(ahead.sources().getFirst()))
                    .isInstanceOf(EOFException.class);
        }
    }

    private static List<RenderedPart> parts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "part-" + i)
                .map(key -> new RenderedPart(key, key.length()))
                .toList();
    }

    private static String text(ExportSource source) throws IOException {
        try (InputStream in = source.opener().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Each object holds its own name, and `missing` is not there.
    private static final class Names implements PartsAhead.Opener {

        private final CountDownLatch asked;

        Names(int callersBeforeAnAnswer) {
            this.asked = new CountDownLatch(callersBeforeAnAnswer);
        }

        @Override
        public InputStream open(RenderedPart part) throws IOException {
            String key = part.objectKey();
            asked.countDown();
            try {
                if (!asked.await(10, TimeUnit.SECONDS)) {
                    throw new IOException("asked one after the other");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (key.equals("missing")) {
                throw new FileNotFoundException(key);
            }
            return new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8));
        }
    }
}
