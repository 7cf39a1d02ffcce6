package io.tapedeck.timeline.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Mp4Bytes;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.mp4.FileOfTables.Written;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StreamSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is listed of a file's frames.
class Mp4IndexTest {

    static Stream<FileOfTables> files() {
        return Stream.<UnaryOperator<FileOfTables>>of(
                        file -> file,
                        FileOfTables::indexFirst,
                        FileOfTables::wide,
                        FileOfTables::compact,
                        FileOfTables::inOrder,
                        file -> file.samplesPerChunk(1),
                        file -> file.samplesPerChunk(100))
                .map(change -> change.apply(new FileOfTables(200, 300)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFrameIsListedWhereItIs(FileOfTables file) throws Exception {
        byte[] bytes = file.toByteArray();
        Heard heard = heard(bytes);

        assertThat(heard.tracks.video()).isPresent();
        assertThat(heard.tracks.audio()).isPresent();
        assertThat(heard.places(Block.Kind.PICTURE)).isEqualTo(places(file, true));
        assertThat(heard.places(Block.Kind.SOUND)).isEqualTo(places(file, false));
        assertThat(heard.blocks).filteredOn(Block::idr).hasSize(7);
        // Both tracks by turns, in the order of time.
        assertThat(heard.blocks.subList(0, 6))
                .extracting(Block::kind)
                .containsExactly(
                        Block.Kind.PICTURE,
                        Block.Kind.SOUND,
                        Block.Kind.SOUND,
                        Block.Kind.PICTURE,
                        Block.Kind.SOUND,
                        Block.Kind.SOUND);
    }

    private static List<String> places(FileOfTables file, boolean pictures) {
        return file.written().stream()
                .filter(one -> one.picture() == pictures)
                .map(one ->
                        "%d-%d %d %s"
                                .formatted(
                                        one.offset(),
                                        one.offset() + one.payload().length,
                                        ticks(one),
                                        one.key()))
                .toList();
    }

    private static long ticks(Written one) {
        return one.picture()
                ? Math.round(one.shownUnits() * 90_000.0 / FileOfTables.PICTURE_UNITS)
                : one.shownUnits() * 15 / 8;
    }

    @Test
    void oneTrackIsEnough() throws Exception {
        assertThat(heard(new FileOfTables(40, 0).toByteArray()).blocks).hasSize(40);
        assertThat(heard(new FileOfTables(0, 40).toByteArray()).blocks).hasSize(40);
    }

    @Test
    void littleIsReadOfTheFramesThemselves() throws Exception {
        byte[] bytes = new FileOfTables(900, 1400).group(30).toByteArray();
        byte[] large = Mp4Bytes.join(bytes, Mp4Bytes.one("free", new byte[5 << 20]));
        FileOfTables.Memory file = new FileOfTables.Memory(large);

        Mp4Index.list(file);

        assertThat(file.read()).isLessThan(60_000);
    }

    @Test
    void usualEditListsAreHonoured() throws Exception {
        FileOfTables file =
                new FileOfTables(60, 100)
                        .pictureEdits(Mp4Bytes.edits(500, -1, 0, 512))
                        .soundEdits(Mp4Bytes.edits(2000, 1024));
        Heard heard = heard(file.toByteArray());

        assertThat(heard.first(Block.Kind.PICTURE).ticks()).isEqualTo(45_000);
        assertThat(heard.first(Block.Kind.SOUND).ticks()).isEqualTo(-1920);
    }

    static Stream<byte[]> unusual() {
        return Stream.of(
                        new FileOfTables(60, 100).pictureEdits(Mp4Bytes.edits(500, 512, 500, 9000)),
                        new FileOfTables(60, 100).pictureEdits(Mp4Bytes.edits(1000, 512)),
                        new FileOfTables(60, 100).pictureEdits(Mp4Bytes.edits(0, 9000)),
                        new FileOfTables(60, 100).external(),
                        new FileOfTables(60, 100)
                                .inTheIndex(Mp4Bytes.one("mvex", Mp4Bytes.trex(1))),
                        new FileOfTables(60, 100).inTheIndex(Mp4Bytes.one("cmov")),
                        new FileOfTables(0, 0))
                .map(FileOfTables::toByteArray);
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void whateverElseIsNotIndexable(byte[] bytes) {
        assertNotIndexable(bytes);
    }

    @Test
    void filesThatAreNotWholeAreNotIndexable() {
        byte[] bytes = new FileOfTables(60, 100).indexFirst().toByteArray();
        assertNotIndexable(Arrays.copyOf(bytes, bytes.length - 1));
        assertNotIndexable(Arrays.copyOf(bytes, bytes.length / 4));
        assertNotIndexable(new byte[0]);
        assertNotIndexable(Mp4Bytes.join(bytes, Mp4Bytes.one("moof")));
        assertNotIndexable(Mp4Bytes.join(bytes, bytes));
    }

    @Test
    void keyframesFarApartAreNotIndexable() {
        assertNotIndexable(new FileOfTables(12_000, 0).group(12_000).toByteArray());
    }

    @Test
    void keyframesThatAreNoIdrPicturesAreNoPlaceToCut() throws Exception {
        FileOfTables file = new FileOfTables(90, 0).indexFirst();
        byte[] bytes = file.toByteArray();
        bytes[(int) file.written().get(60).offset() + 4] = 0x41;

        assertThat(heard(bytes).blocks).noneMatch(Block::idr);
    }

    @Test
    void aListFedByteByByteTellsTheSame() throws Exception {
        byte[] list = list(new FileOfTables(700, 1100).toByteArray());
        Heard whole = new Heard();
        Mp4IndexParser at = new Mp4IndexParser();
        at.feed(ByteBuffer.wrap(list), whole);
        Heard pieces = new Heard();
        Mp4IndexParser bitwise = new Mp4IndexParser();
        for (byte one : list) {
            bitwise.feed(ByteBuffer.wrap(new byte[] {one}), pieces);
        }

        assertThat(pieces.text()).isEqualTo(whole.text());
        assertThat(bitwise.position()).isEqualTo(at.position()).isEqualTo(list.length);
    }

    private static void assertNotIndexable(byte[] bytes) {
        assertThatExceptionOfType(NotIndexableException.class).isThrownBy(() -> list(bytes));
    }

    private static byte[] list(byte[] file) throws Exception {
        return Mp4Index.list(new FileOfTables.Memory(file));
    }

    private static Heard heard(byte[] file) throws Exception {
        Heard heard = new Heard();
        new Mp4IndexParser().feed(ByteBuffer.wrap(list(file)), heard);
        return heard;
    }

    private static final class Heard implements StreamSink {

        private Tracks tracks = new Tracks(Optional.empty(), Optional.empty());
        private final List<Block> blocks = new ArrayList<>();

        @Override
        public void began() {}

        @Override
        public void tracks(Tracks found) {
            tracks = found;
        }

        @Override
        public void block(Block block) throws MediaException {
            blocks.add(block);
        }

        private Block first(Block.Kind kind) {
            return blocks.stream()
                    .filter(block -> block.kind() == kind)
                    .min(Comparator.comparingLong(Block::ticks))
                    .orElseThrow();
        }

        private List<String> places(Block.Kind kind) {
            return blocks.stream()
                    .filter(block -> block.kind() == kind)
                    .map(block ->
                            "%d-%d %d %s"
                                    .formatted(
                                            block.startBytes(),
                                            block.endBytes(),
                                            block.ticks(),
                                            block.keyframe()))
                    .toList();
        }

        private List<String> text() {
            return blocks.stream().map(Block::toString).map(Heard::plain).toList();
        }

        private static String plain(String text) {
            return text.replaceAll("@[0-9a-f]+", "");
        }
    }
}
