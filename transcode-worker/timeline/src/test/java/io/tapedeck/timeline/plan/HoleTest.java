package io.tapedeck.timeline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Recording;
import io.tapedeck.timeline.Recording.Packet;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.fmp4.Fmp4Parser;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StreamParser;
import io.tapedeck.timeline.stream.StreamSink;
import io.tapedeck.timeline.webm.WebmParser;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Recordings of which chunks are missing: all that is not missing and can be decoded is shown, at
/// its distance to its neighbours, and nothing else. What ffprobe found in the whole recording says
/// what that is.
class HoleTest {

    /// Of longer recordings not every chunk is tried.
    private static final int MANY_CHUNKS = 25;

    static Stream<Recording> withFrames() {
        return Recording.all().stream().filter(r -> !r.packets().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("withFrames")
    void anyChunk(Recording recording) throws Exception {
        Whole whole = Whole.of(recording);
        int count = recording.chunks().size();
        int step = 1 + count / MANY_CHUNKS;
        int tried = 0;
        for (int chunk = 1; chunk < count; chunk += step) {
            tried += whole.check(Set.of(chunk)) ? 1 : 0;
        }
        assertThat(tried).isGreaterThanOrEqualTo(count / step / 2);
    }

    @ParameterizedTest
    @MethodSource("withFrames")
    void severalInARowAndApart(Recording recording) throws Exception {
        Whole whole = Whole.of(recording);
        int count = recording.chunks().size();
        for (int chunk = 2; chunk < count; chunk += 5 + count / MANY_CHUNKS) {
            whole.check(Set.of(chunk, chunk + 1, chunk + 2));
            whole.check(Set.of(chunk, chunk + 2));
            whole.check(new TreeSet<>(List.of(chunk, chunk + 5, count - 1)));
        }
    }

    @ParameterizedTest
    @MethodSource("withFrames")
    void withoutItsFirstChunkNothingCanBeRead(Recording recording) {
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> planner.skipTo(0))
                .withMessageContaining("beginning of the recording is missing");
        assertThat(planner.end()).isEmpty();
    }

    @Test
    void aRecorderThatWasRestartedInTheHoleIsReadByItsOwnHeader() throws Exception {
        for (String name : List.of("chr-webm-vp8-480-t1000", "chr-mp4-avc3-opus-480-t1000")) {
            Recording first = Recording.of(name);
            Recording second = Recording.of(name);
            RunPlanner planner = SessionPlan.EMPTY.start(0);
            List<Window> windows = new ArrayList<>();
            for (byte[] chunk : first.chunks().subList(0, 4)) {
                windows.addAll(planner.feed(ByteBuffer.wrap(chunk)));
            }
            windows.addAll(planner.skipTo(planner.position()));
            long origin = SessionPlan.originAfter(planner.plannedTicks());
            for (byte[] chunk : second.chunks()) {
                windows.addAll(planner.feed(ByteBuffer.wrap(chunk)));
            }
            windows.addAll(planner.end());
            assertThat(Plans.of(Cut.GRID, windows))
                    .filteredOn(w -> w.originTicks() == origin)
                    .hasSameSizeAs(Plans.of(second.chunks()));
            assertThat(planner.losses()).containsExactly(new Loss.Time(origin, 0));
        }
    }

    /// A block of the whole recording and what ffprobe says of it.
    private record Placed(Block block, Packet packet) {}

    /// A piece of the recording between two holes: what of it can be shown.
    ///
    /// @param begins number of its first byte in the whole recording
    private record Piece(int begins, List<Placed> pictures, List<Placed> sounds) {

        /// Time of the first frame. In a fragment that is the earliest one.
        long baseTicks() {
            return Stream.concat(pictures.stream().limit(1), sounds.stream().limit(1))
                    .map(Placed::block)
                    .min(Comparator.comparing(Block::startBytes).thenComparing(Block::ticks))
                    .orElseThrow()
                    .ticks();
        }

        boolean isEmpty() {
            return pictures.isEmpty() && sounds.isEmpty();
        }
    }

    private record Whole(
            Recording recording, byte[] bytes, List<Placed> all, Set<Integer> entries) {

        static Whole of(Recording recording) throws MediaException {
            byte[] bytes = recording.bytes();
            boolean mp4 = recording.name().contains("-mp4-");
            List<Block> blocks = new ArrayList<>();
            StreamParser parser = mp4 ? new Fmp4Parser(true) : new WebmParser(true);
            parser.feed(ByteBuffer.wrap(bytes), new Collector(blocks));
            parser.flush(new Collector(blocks));
            List<Placed> all = new ArrayList<>();
            for (Block.Kind kind : Block.Kind.values()) {
                List<Packet> packets =
                        recording.packets().stream()
                                .filter(p -> p.picture() == (kind == Block.Kind.PICTURE))
                                .toList();
                List<Block> own = blocks.stream().filter(b -> b.kind() == kind).toList();
                assertThat(own).hasSameSizeAs(packets);
                for (int i = 0; i < own.size(); i++) {
                    assertThat(crc32(own.get(i).payload())).isEqualTo(packets.get(i).crc32());
                    all.add(new Placed(own.get(i), packets.get(i)));
                }
            }
            Set<Integer> entries = new TreeSet<>();
            for (int i = 0; i < bytes.length - 8; i++) {
                int four = ByteBuffer.wrap(bytes, i, 4).getInt();
                if (mp4 && ByteBuffer.wrap(bytes, i + 4, 4).getInt() == 0x6D6F6F66) {
                    entries.add(i);
                } else if (!mp4 && four == 0x1F43B675) {
                    entries.add(i);
                }
            }
            return new Whole(recording, bytes, all, entries);
        }

        /// @return false when so much is missing that nothing can be read
        boolean check(Set<Integer> missing) throws Exception {
            RunPlanner planner = SessionPlan.EMPTY.start(0);
            List<Window> windows = new ArrayList<>();
            List<Loss> losses = new ArrayList<>();
            List<Piece> pieces = new ArrayList<>();
            ByteArrayOutputStream left = new ByteArrayOutputStream();
            int offset = 0;
            int begins = 0;
            boolean hole = false;
            for (int i = 0; i < recording.chunks().size(); i++) {
                byte[] chunk = recording.chunks().get(i);
                if (missing.contains(i)) {
                    if (!hole) {
                        pieces.add(piece(begins, offset));
                    }
                    hole = true;
                } else {
                    if (hole && planner.tracks().isEmpty()) {
                        return false;
                    }
                    if (hole) {
                        begins = offset;
                        windows.addAll(planner.skipTo(left.size()));
                        losses.addAll(planner.losses());
                        planner = RunPlanner.restore(planner.save());
                    }
                    hole = false;
                    left.writeBytes(chunk);
                    windows.addAll(planner.feed(ByteBuffer.wrap(chunk)));
                    losses.addAll(planner.losses());
                    planner = RunPlanner.restore(planner.save());
                }
                offset += chunk.length;
            }
            if (!hole) {
                pieces.add(piece(begins, offset));
            }
            windows.addAll(planner.end());
            losses.addAll(planner.losses());
            pieces.removeIf(Piece::isEmpty);
            List<Window> grid = Plans.of(Cut.GRID, windows);
            compare(missing, pieces, grid, losses, left.toByteArray());
            compareSource(pieces, grid, Plans.of(Cut.SOURCE, windows), left.toByteArray());
            return true;
        }

        /// What can be shown of the bytes `[from, until)`.
        private Piece piece(int from, int until) {
            // The first byte of an ID may be lost with the chunk before it.
            int entry =
                    from == 0
                            ? 0
                            : entries.stream()
                                    .filter(e -> e >= from - 1)
                                    .findFirst()
                                    .orElse(Integer.MAX_VALUE);
            List<Placed> inside =
                    all.stream()
                            .filter(p ->
                                    p.block().startBytes() >= entry
                                            && p.block().endBytes() <= until)
                            .toList();
            return new Piece(
                    from,
                    inside.stream()
                            .filter(p -> p.packet().picture())
                            .dropWhile(p -> !p.packet().keyframe())
                            .toList(),
                    inside.stream().filter(p -> !p.packet().picture()).toList());
        }

        private void compare(
                Set<Integer> missing,
                List<Piece> pieces,
                List<Window> windows,
                List<Loss> losses,
                byte[] left)
                throws Exception {
            List<Long> origins = windows.stream().map(Window::originTicks).distinct().toList();
            assertThat(origins).as("missing %s", missing).hasSameSizeAs(pieces);
            long end = 0;
            for (int i = 0; i < pieces.size(); i++) {
                Piece piece = pieces.get(i);
                long origin = origins.get(i);
                List<Window> own = windows.stream().filter(w -> w.originTicks() == origin).toList();
                comparePictures(piece, own, left);
                compareSounds(piece, own, left);
                if (i > 0) {
                    assertThat(losses)
                            .as("missing %s", missing)
                            .contains(new Loss.Time(origin, piece.baseTicks() - end));
                }
                long base = i == 0 ? 0 : piece.baseTicks();
                end = base + own.getLast().endTicks();
            }
            assertThat(losses.stream().filter(Loss.Time.class::isInstance))
                    .hasSize(pieces.size() - (pieces.getFirst().begins() == 0 ? 1 : 0));
        }

        /// Where there are windows cut at the source's own pictures, they show just the same, from
        /// start to end, until the cut is given up.
        private void compareSource(
                List<Piece> pieces, List<Window> grid, List<Window> source, byte[] left)
                throws Exception {
            List<Long> origins = source.stream().map(Window::originTicks).distinct().toList();
            for (int i = 0; i < origins.size(); i++) {
                long origin = origins.get(i);
                List<Window> own = source.stream().filter(w -> w.originTicks() == origin).toList();
                if (own.getLast().last()) {
                    comparePictures(pieces.get(i), own, left);
                    compareSounds(pieces.get(i), own, left);
                    assertThat(grid)
                            .filteredOn(w -> w.originTicks() == origin && w.last())
                            .extracting(Window::endTicks)
                            .containsExactly(own.getLast().endTicks());
                }
            }
        }

        private void comparePictures(Piece piece, List<Window> windows, byte[] left)
                throws Exception {
            List<String> shown = new ArrayList<>();
            long base = piece.begins() == 0 ? 0 : piece.baseTicks();
            int next = 0;
            for (Window window : windows) {
                int before = next;
                for (Frame.Picture picture : Plans.read(window, left).pictures()) {
                    if (picture.ticks() >= window.startTicks()) {
                        shown.add(crc32(picture.payload()));
                        assertThat(picture.ticks())
                                .isEqualTo(
                                        Math.max(
                                                0,
                                                piece.pictures().get(next++).packet().ticks()
                                                        - base));
                    }
                }
                assertThat(window.pictures()).hasValue(next - before);
            }
            assertThat(shown)
                    .isEqualTo(piece.pictures().stream().map(p -> p.packet().crc32()).toList());
        }

        private void compareSounds(Piece piece, List<Window> windows, byte[] left)
                throws Exception {
            long base = piece.begins() == 0 ? 0 : piece.baseTicks();
            Set<Long> seen = new HashSet<>();
            int next = 0;
            for (Window window : windows) {
                for (Frame.Sound sound : Plans.read(window, left).sounds()) {
                    if (next == piece.sounds().size() || !seen.add(sound.firstSample())) {
                        continue;
                    }
                    Packet packet = piece.sounds().get(next).packet();
                    long off = Math.abs(sound.firstSample() - (packet.ticks() - base) * 8 / 15);
                    if (sound.payload().length == 3 && (packet.size() != 3 || off > 480)) {
                        continue;
                    }
                    next++;
                    assertThat(crc32(sound.payload())).isEqualTo(packet.crc32());
                    assertThat(off).isLessThan(1920);
                }
            }
            assertThat(next).isEqualTo(piece.sounds().size());
        }
    }

    private record Collector(List<Block> blocks) implements StreamSink {

        @Override
        public void began() {}

        @Override
        public void tracks(Tracks tracks) {}

        @Override
        public void block(Block block) {
            blocks.add(block);
        }
    }

    private static String crc32(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return "%08x".formatted(crc.getValue());
    }

    @Test
    void aWindowNeverReachesAcrossAHole() throws Exception {
        Recording recording = Recording.of("chr-webm-vp8-480-t1000");
        List<byte[]> chunks = recording.chunks();
        int hole = chunks.subList(0, 9).stream().mapToInt(c -> c.length).sum();
        int lost = chunks.get(9).length;
        RunPlanner planner = SessionPlan.EMPTY.start(0);
        List<Window> windows = new ArrayList<>();
        for (int i : IntStream.range(0, chunks.size()).filter(i -> i != 9).toArray()) {
            if (i == 10) {
                // The object is gone, so its size is known.
                windows.addAll(planner.skipTo(planner.position() + lost));
            }
            windows.addAll(planner.feed(ByteBuffer.wrap(chunks.get(i))));
        }
        windows.addAll(planner.end());
        assertThat(windows)
                .allMatch(
                        w -> w.source().toBytes() <= hole || w.source().fromBytes() >= hole + lost);
        byte[] damaged = recording.bytes();
        Arrays.fill(damaged, hole, hole + lost, (byte) 0xEE);
        for (Window window : windows) {
            assertThat(Plans.read(window, damaged).pictures())
                    .usingRecursiveComparison()
                    .isEqualTo(Plans.read(window, recording.bytes()).pictures());
        }
    }
}
