package io.tapedeck.transcode.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SliceStreamTest {

    private final Shelf shelf = new Shelf(Map.of("a", "0123456789", "b", "abcdef"));

    @Test
    void readsSlicesOneBehindTheOther() throws IOException {
        try (var in =
                new SliceStream(
                        shelf, List.of(new ChunkSlice("a", 8, 2), new ChunkSlice("b", 0, 3)))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("89abc");
        }
        assertThat(shelf.open).isZero();
    }

    @Test
    void opensAnObjectOnlyWhenItsTurnComes() throws IOException {
        try (var in =
                new SliceStream(
                        shelf, List.of(new ChunkSlice("a", 0, 2), new ChunkSlice("b", 0, 3)))) {
            assertThat(in.read()).isEqualTo('0');
            assertThat(shelf.opened).isEqualTo(1);
        }
        assertThat(shelf.open).isZero();
    }

    @Test
    void anObjectThatIsTooShortIsAFailureOfTheStore() {
        var in = new SliceStream(shelf, List.of(new ChunkSlice("b", 4, 10)));

        assertThatThrownBy(in::readAllBytes)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("short");
    }

    /// Objects in memory, and how many streams of them are open.
    private static final class Shelf implements ObjectStore {

        private final Map<String, String> objects;
        private int opened;
        private int open;

        Shelf(Map<String, String> objects) {
            this.objects = objects;
        }

        @Override
        public InputStream open(String key, long offsetBytes, long lengthBytes) {
            opened++;
            open++;
            byte[] bytes = objects.getOrDefault(key, "").getBytes(StandardCharsets.UTF_8);
            return new ByteArrayInputStream(bytes, (int) offsetBytes, (int) lengthBytes) {
                @Override
                public void close() {
                    open--;
                }
            };
        }

        @Override
        public void put(String key, InputStream body, long sizeBytes, String contentType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ObjectInfo> stat(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Stream<ObjectInfo> list(String prefix) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(Collection<String> keys) {
            throw new UnsupportedOperationException();
        }
    }
}
