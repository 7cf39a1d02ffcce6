package io.tapedeck.timeline.fmp4;

import static io.tapedeck.timeline.Mp4Bytes.HEADER_BYTES;
import static io.tapedeck.timeline.Mp4Bytes.PICTURES;
import static io.tapedeck.timeline.Mp4Bytes.SOUND;
import static io.tapedeck.timeline.Mp4Bytes.full;
import static io.tapedeck.timeline.Mp4Bytes.join;
import static io.tapedeck.timeline.Mp4Bytes.one;
import static io.tapedeck.timeline.Mp4Bytes.part;
import static io.tapedeck.timeline.Mp4Bytes.u32;
import static io.tapedeck.timeline.Mp4Bytes.u64;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Mp4Bytes;
import io.tapedeck.timeline.Mp4Bytes.Coded;
import io.tapedeck.timeline.Mp4Bytes.Part;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Fmp4ParserTest {

    private static final byte[] FOUR = {1, 2, 3, 4};

    private static List<String> events(Mp4Bytes bytes) throws MediaException {
        return Heard.of(bytes.toByteArray());
    }

    private static List<String> blocks(Mp4Bytes bytes) throws MediaException {
        return events(bytes).stream().filter(e -> e.startsWith("P") || e.startsWith("S")).toList();
    }

    /// Three pictures of 1/30 s and four packets of 20 ms at a second of the recording.
    private static Part[] second(int number) {
        return new Part[] {
            part(PICTURES, number * 30_000L, 1000, 3), part(SOUND, number * 48_000L, 960, 4)
        };
    }

    @Test
    void tracksTakeTurnsInTheOrderOfTime() throws Exception {
        assertThat(events(Mp4Bytes.recording().fragment(second(0))))
                .containsExactly(
                        "began",
                        "tracks",
                        "PICTURE 0 key",
                        "SOUND 0 key f800",
                        "SOUND 1800 key f800",
                        "PICTURE 3000",
                        "SOUND 3600 key f800",
                        "SOUND 5400 key f800",
                        "PICTURE 6000");
    }

    @Test
    void payloadsComeOneByOneInTheOrderOfTheirBytes() throws Exception {
        byte[] bytes = Mp4Bytes.recording().fragment(second(0)).toByteArray();
        Heard heard = new Heard();
        Fmp4Parser parser = new Fmp4Parser(true);
        int last = bytes.length - 12;
        parser.feed(ByteBuffer.wrap(bytes, 0, last), heard);
        assertThat(heard.events())
                .endsWith("PICTURE 0 key 000000", "PICTURE 3000 000001", "PICTURE 6000 000002");
        parser.feed(ByteBuffer.wrap(bytes, last, 12), heard);
        assertThat(heard.events()).hasSize(2 + 7).endsWith("SOUND 5400 key f80003");
    }

    @Test
    void fragmentsAreBelievedWhereTheyBeginNotHowLongTheyAre() throws Exception {
        Mp4Bytes bytes = Mp4Bytes.recording();
        bytes.fragment(part(PICTURES, 0, 9999, 2)).fragment(part(PICTURES, 3000, 1000, 2));
        assertThat(blocks(bytes))
                .containsExactly(
                        "PICTURE 0 key", "PICTURE 29997", "PICTURE 9000 key", "PICTURE 12000");
    }

    @Test
    void aFragmentThatDoesNotSayWhereItBeginsFollowsItsPredecessor() throws Exception {
        Mp4Bytes bytes = Mp4Bytes.recording().fragment(part(PICTURES, 3000, 1000, 2));
        byte[] tfhd = full("tfhd", 0, 0x20000, u32(PICTURES));
        byte[] trun = Mp4Bytes.trun(0, part(PICTURES, 0, 1000, 1).samples());
        int size = one("moof", one("traf", tfhd, trun)).length;
        trun = Mp4Bytes.trun(size + HEADER_BYTES, part(PICTURES, 0, 1000, 1).samples());
        bytes.box("moof", one("traf", tfhd, trun)).box("mdat", new byte[3]);
        assertThat(blocks(bytes)).endsWith("PICTURE 15000 key");
    }

    @Test
    void timesAreRoundedOnceAndNeverAddUp() throws Exception {
        Mp4Bytes bytes = new Mp4Bytes().ftyp().moov(Mp4Bytes.pictures("avc1", 44_100));
        bytes.fragment(part(PICTURES, 44_100L * 1000, 1, 4));
        assertThat(blocks(bytes))
                .containsExactly(
                        "PICTURE 90000000 key",
                        "PICTURE 90000002",
                        "PICTURE 90000004",
                        "PICTURE 90000006");
        assertThat(Timing.scale(7, 600, 0)).isEqualTo(1050);
        assertThat(Timing.scale(-1, 180_000, 0)).isZero();
        assertThat(Timing.scale(-3, 180_000, 0)).isEqualTo(-1);
        assertThat(Timing.scale((1L << 40) - 1, 1, 0)).isEqualTo(((1L << 40) - 1) * 90_000);
    }

    @Test
    void picturesAreShownLaterOrEarlierThanDecoded() throws Exception {
        List<Coded> samples =
                List.of(
                        new Coded(1000, true, 1000, FOUR),
                        new Coded(1000, false, 3000, FOUR),
                        new Coded(1000, false, -500, FOUR));
        assertThat(blocks(Mp4Bytes.recording().fragment(new Part(PICTURES, 0, samples))))
                .containsExactly("PICTURE 3000 key", "PICTURE 12000", "PICTURE 4500");
    }

    @Test
    void anEditListMovesATrack() throws Exception {
        byte[] pictures = Mp4Bytes.pictures("avc1", 30_000, Mp4Bytes.edits(500, -1, 0, 2000));
        byte[] sound = Mp4Bytes.sound("Opus", Mp4Bytes.edits(0, 312));
        Mp4Bytes bytes = new Mp4Bytes().ftyp().moov(pictures, sound);
        bytes.fragment(part(PICTURES, 2000, 1000, 1), part(SOUND, 0, 960, 1));
        // 500 ms of nothing; 312 samples at 48 kHz before the beginning.
        assertThat(blocks(bytes)).containsExactly("SOUND -585 key f800", "PICTURE 45000 key");
    }

    @Test
    void samplesAreWhatTheHeaderSaysWhereTheFragmentDoesNot() throws Exception {
        byte[] trex = full("trex", 0, 0, u32(1), u32(1), u32(1500), u32(4), u32(0x01010000));
        byte[] moov = join(Mp4Bytes.mvhd(1000), Mp4Bytes.pictures("avc1"), one("mvex", trex));
        byte[] tfdt = full("tfdt", 0, 0, u32(3000));
        byte[] byHeader = full("tfhd", 0, 0x20000, u32(1));
        byte[] byTrack = full("tfhd", 0, 0x20038, u32(1), u32(3000), u32(2), u32(0x02000000));
        Mp4Bytes bytes = new Mp4Bytes().ftyp().box("moov", moov);
        bytes.bytes(table(byHeader, tfdt, 0x5, u32(2), u32(0), u32(0x02000000)));
        bytes.box("mdat", FOUR, FOUR);
        bytes.bytes(table(byTrack, tfdt, 0x1, u32(2), u32(0)));
        bytes.box("mdat", FOUR);
        assertThat(blocks(bytes))
                .containsExactly(
                        "PICTURE 9000 key",
                        "PICTURE 13500",
                        "PICTURE 9000 key",
                        "PICTURE 18000 key");
    }

    /// A fragment of one run whose data offset, its second field, is put right.
    private static byte[] table(byte[] tfhd, byte[] tfdt, int flags, byte[]... run) {
        byte[] draft = one("moof", one("traf", tfhd, tfdt, full("trun", 0, flags, run)));
        run[1] = u32(draft.length + HEADER_BYTES);
        return one("moof", one("traf", tfhd, tfdt, full("trun", 0, flags, run)));
    }

    @Test
    void runsWithoutAnOffsetFollowEachOtherAlsoOverUnusedTracks() throws Exception {
        byte[] tfhd = full("tfhd", 0, 0x10, u32(PICTURES), u32(4));
        byte[] unused = full("tfhd", 0, 0x10, u32(7), u32(3));
        byte[] sound = full("tfhd", 0, 0x10, u32(SOUND), u32(2));
        byte[] moof = new byte[0];
        for (int i = 0; i < 2; i++) {
            byte[] first = full("trun", 0, 1, u32(1), u32(moof.length + HEADER_BYTES));
            byte[] next = full("trun", 0, 0, u32(1));
            byte[] two = full("trun", 0, 0, u32(2));
            moof =
                    one(
                            "moof",
                            one("traf", tfhd, first, next),
                            one("traf", unused, two),
                            one("traf", sound, next));
        }
        Mp4Bytes bytes = Mp4Bytes.recording().bytes(moof);
        byte[] data = {1, 1, 1, 1, 2, 2, 2, 2, 7, 7, 7, 7, 7, 7, (byte) 0xF8, 9};
        Heard heard = new Heard();
        new Fmp4Parser(true).feed(ByteBuffer.wrap(bytes.box("mdat", data).toByteArray()), heard);
        assertThat(heard.events())
                .endsWith("PICTURE 0 key 01010101", "PICTURE 0 key 02020202", "SOUND 0 key f809");
    }

    @Test
    void anOffsetMayCountFromTheBeginningOfTheStream() throws Exception {
        byte[] first = Mp4Bytes.recording().fragment(second(0)).toByteArray();
        byte[] header = Mp4Bytes.recording().toByteArray();
        byte[] tfdt = full("tfdt", 0, 0, u32(0));
        byte[] trun = full("trun", 0, 0x201, u32(1), u32(10), u32(4));
        int size = one("moof", one("traf", full("tfhd", 0, 1, u32(1), u64(0)), tfdt, trun)).length;
        byte[] tfhd = full("tfhd", 0, 1, u32(1), u64(header.length + size + HEADER_BYTES));
        Mp4Bytes bytes = new Mp4Bytes().bytes(first).bytes(header);
        bytes.box("moof", one("traf", tfhd, tfdt, trun)).box("mdat", new byte[10], FOUR);
        Heard heard = new Heard();
        new Fmp4Parser(true).feed(ByteBuffer.wrap(bytes.toByteArray()), heard);
        assertThat(heard.events()).endsWith("began", "tracks", "PICTURE 0 key 01020304");
    }

    @Test
    void otherBoxesArePassedOver() throws Exception {
        byte[] plain = Mp4Bytes.recording().fragment(second(0)).fragment(second(1)).toByteArray();
        Mp4Bytes more = new Mp4Bytes().box("styp", FOUR).box("free");
        more.bytes(Mp4Bytes.recording().toByteArray()).longBox("uuid", new byte[300]);
        more.box("sidx", FOUR).fragment(second(0)).box("emsg", FOUR).box("moov2".substring(1));
        more.fragment(second(1)).box("mfra", new byte[40]).endlessBox("skip", new byte[1000]);
        assertThat(events(more)).isEqualTo(Heard.of(plain));
    }

    @Test
    void dataMayHaveALongSizeOrNone() throws Exception {
        byte[] data = join(second(0)[0].payloads(), second(0)[1].payloads());
        List<String> expected = events(Mp4Bytes.recording().fragment(second(0)));
        assertThat(events(Mp4Bytes.recording().moof(16, second(0)).longBox("mdat", data)))
                .isEqualTo(expected);
        assertThat(
                        events(
                                Mp4Bytes.recording()
                                        .moof(HEADER_BYTES, second(0))
                                        .endlessBox("mdat", data, new byte[100])))
                .isEqualTo(expected);
    }

    @Test
    void severalTablesMayComeBeforeTheirData() throws Exception {
        Part pictures = second(0)[0];
        Part sound = second(0)[1];
        byte[] after = new Mp4Bytes().moof(0, sound).toByteArray();
        Mp4Bytes bytes = Mp4Bytes.recording();
        bytes.moof(after.length + HEADER_BYTES, pictures);
        bytes.moof(HEADER_BYTES + pictures.payloads().length, sound);
        bytes.box("mdat", pictures.payloads(), sound.payloads());
        assertThat(events(bytes)).isEqualTo(events(Mp4Bytes.recording().fragment(second(0))));
    }

    @Test
    void dataMayComeInSeveralBoxes() throws Exception {
        Part pictures = second(0)[0];
        Part sound = second(0)[1];
        Mp4Bytes bytes = Mp4Bytes.recording();
        int data = pictures.payloads().length + 2 * HEADER_BYTES;
        byte[] after = new Mp4Bytes().moof(0, sound).toByteArray();
        bytes.moof(after.length + HEADER_BYTES, pictures).moof(data, sound);
        bytes.box("mdat", pictures.payloads()).box("mdat", sound.payloads());
        assertThat(events(bytes)).isEqualTo(events(Mp4Bytes.recording().fragment(second(0))));
    }

    @Test
    void aTailOfTablesWithoutTheirDataIsNoDamage() throws Exception {
        Mp4Bytes bytes = Mp4Bytes.recording().fragment(second(0));
        bytes.moof(HEADER_BYTES, second(1)).moof(HEADER_BYTES, second(1)).box("mdat");
        assertThat(events(bytes)).isEqualTo(events(Mp4Bytes.recording().fragment(second(0))));
    }

    @Test
    void ofTablesThatClaimTheSameTheLastIsRight() throws Exception {
        Mp4Bytes bytes = Mp4Bytes.recording().fragment(second(0)).moof(HEADER_BYTES, second(1));
        assertThat(events(bytes.fragment(second(1))))
                .isEqualTo(events(Mp4Bytes.recording().fragment(second(0)).fragment(second(1))));
    }

    @Test
    void tablesWithoutEndAreRefused() {
        Mp4Bytes bytes = Mp4Bytes.recording();
        for (int i = 0; i < 17; i++) {
            bytes.moof(HEADER_BYTES, part(PICTURES, 0, 1000, 1));
        }
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> events(bytes))
                .withMessageContaining("without frames");
    }

    @Test
    void aHeaderThatComesTwiceSaysNothing() throws Exception {
        List<String> expected =
                events(Mp4Bytes.recording().fragment(second(0)).fragment(second(1)));
        byte[] header = Mp4Bytes.recording().toByteArray();
        Mp4Bytes twice = new Mp4Bytes().ftyp().bytes(header).bytes(header);
        assertThat(events(twice.fragment(second(0)).fragment(second(1)))).isEqualTo(expected);
        Mp4Bytes between = Mp4Bytes.recording().fragment(second(0)).bytes(header);
        assertThat(events(between.fragment(second(1)))).isEqualTo(expected);
    }

    @Test
    void anotherHeaderOrAClockThatStartsOverBeginsAnotherStream() throws Exception {
        Mp4Bytes again = Mp4Bytes.recording().fragment(second(1));
        again.bytes(Mp4Bytes.recording().toByteArray()).fragment(second(0));
        assertThat(events(again)).containsSubsequence("tracks", "began", "tracks");
        Mp4Bytes other = Mp4Bytes.recording().fragment(second(0));
        other.ftyp().moov(Mp4Bytes.pictures("avc1"), Mp4Bytes.sound("mp4a"));
        assertThat(events(other.fragment(second(1))))
                .containsSubsequence("tracks", "began", "tracks");
    }

    @Test
    void whatIsCompleteIsToldWhenTheBytesEndEarly() throws Exception {
        byte[] bytes = Mp4Bytes.recording().fragment(second(0)).toByteArray();
        Fmp4Parser parser = new Fmp4Parser(false);
        Heard heard = new Heard();
        // Without the last two packets of sound.
        parser.feed(ByteBuffer.wrap(bytes, 0, bytes.length - 4), heard);
        assertThat(heard.events()).containsExactly("began", "tracks");
        parser.flush(heard);
        assertThat(heard.events())
                .containsExactly(
                        "began",
                        "tracks",
                        "PICTURE 0 key",
                        "SOUND 0 key f800",
                        "SOUND 1800 key f800",
                        "PICTURE 3000",
                        "PICTURE 6000");
    }

    @Test
    void atEveryByteItCanBeSavedAndStoppedWithoutHarm() throws Exception {
        Mp4Bytes whole = Mp4Bytes.recording().box("free", FOUR).fragment(second(0));
        byte[] bytes = whole.moof(HEADER_BYTES, second(1)).fragment(second(2)).toByteArray();
        List<String> expected = Heard.of(bytes);
        Heard heard = new Heard();
        Fmp4Parser parser = new Fmp4Parser(false);
        for (byte b : bytes) {
            parser.feed(ByteBuffer.wrap(new byte[] {b}), heard);
            byte[] state = state(parser);
            parser = Fmp4Parser.restore(new StateInput(state));
            assertThat(state(parser)).isEqualTo(state);
        }
        assertThat(heard.events()).isEqualTo(expected);
        assertThat(parser.position()).isEqualTo(bytes.length);
    }

    @Test
    void everySampleCanBeReachedAgainFromItsPlace() throws Exception {
        Mp4Bytes whole = Mp4Bytes.recording().fragment(second(0)).fragment(second(1));
        byte[] bytes = whole.toByteArray();
        List<Heard.Place> places = new ArrayList<>();
        Fmp4Parser parser = new Fmp4Parser(false);
        parser.feed(ByteBuffer.wrap(bytes), new Heard(parser, places));
        assertThat(places).hasSize(14);
        for (Heard.Place place : places) {
            Heard again = new Heard();
            int from = (int) place.startBytes();
            Fmp4Parser resumed = Fmp4Parser.resume(parser.header(), place.place(), from);
            resumed.feed(ByteBuffer.wrap(bytes, from, bytes.length - from), again);
            assertThat(again.events()).hasSize(14 - places.indexOf(place));
            assertThat(again.events()).anyMatch(event -> event.startsWith(place.event()));
        }
    }

    @Test
    void behindAHoleItGoesOnWithTheNextTable() throws Exception {
        byte[] first = Mp4Bytes.recording().fragment(second(0)).toByteArray();
        byte[] tail = new Mp4Bytes().fragment(second(1)).fragment(second(2)).toByteArray();
        Fmp4Parser parser = new Fmp4Parser(false);
        Heard heard = new Heard();
        parser.feed(ByteBuffer.wrap(first, 0, first.length - 5), heard);
        parser.flush(heard);
        int before = heard.events().size();
        int seam = new Mp4Bytes().fragment(second(1)).toByteArray().length - 10;
        parser.skipTo(first.length + seam);
        for (byte b : Arrays.copyOfRange(tail, seam, tail.length)) {
            parser.feed(ByteBuffer.wrap(new byte[] {b}), heard);
            parser = Fmp4Parser.restore(new StateInput(state(parser)));
        }
        assertThat(heard.events().subList(before, heard.events().size()))
                .startsWith("PICTURE 180000 key")
                .hasSize(7);
    }

    @Test
    void withoutAFragmentThereIsNothingToGoOnWith() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new Fmp4Parser(false).skipTo(100));
    }

    @Test
    void framesThatLieUponEachOtherAreDamage() {
        byte[] tfhd = full("tfhd", 0, 0x20010, u32(PICTURES), u32(10));
        byte[] other = full("tfhd", 0, 0x20010, u32(SOUND), u32(10));
        byte[] run = full("trun", 0, 1, u32(2), u32(200));
        byte[] table = one("moof", one("traf", tfhd, run), one("traf", other, run));
        Mp4Bytes damaged = Mp4Bytes.recording().bytes(table).box("mdat", new byte[2000]);
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> events(damaged))
                .withMessageContaining("lie upon each other");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, Integer.MAX_VALUE, -1})
    void countsWithoutFramesAreRefusedBeforeTheyCostAnything(int count) {
        byte[] tfhd = full("tfhd", 0, 0x20000, u32(1));
        byte[] listed = one("moof", one("traf", tfhd, full("trun", 0, 0x200, u32(count), FOUR)));
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> events(Mp4Bytes.recording().bytes(listed)))
                .withMessageContaining("more frames than it has room for");
    }

    @Test
    void tooManyFramesInAFragmentAreRefused() {
        byte[] tfhd = full("tfhd", 0, 0x20010, u32(1), u32(1));
        byte[] many = one("moof", one("traf", tfhd, full("trun", 0, 0, u32(-1))));
        assertThatExceptionOfType(UnsupportedMediaException.class)
                .isThrownBy(() -> events(Mp4Bytes.recording().bytes(many)))
                .withMessageContaining("more than 20000 pictures");
        byte[] unused = full("tfhd", 0, 0x20010, u32(9), u32(-1));
        byte[] elsewhere = one("moof", one("traf", unused, full("trun", 0, 0, u32(-1))));
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> events(Mp4Bytes.recording().bytes(elsewhere)));
    }

    @Test
    void boxesOfImpossibleSizeAreRefused() {
        for (byte[] box :
                List.of(
                        join(u32(5), "free".getBytes(US_ASCII)),
                        join(u32(1 << 20), "moof".getBytes(US_ASCII)),
                        join(u32(0), "moof".getBytes(US_ASCII)),
                        new byte[8],
                        one("moof", one("traf", u32(99)), u32(100), new byte[6]))) {
            assertThatExceptionOfType(MalformedStreamException.class)
                    .isThrownBy(() -> events(Mp4Bytes.recording().bytes(box)));
        }
    }

    @Test
    void aChangeOfDescriptionOnTheWayIsRefusedInWords() {
        byte[] tfhd = full("tfhd", 0, 0x20002, u32(1), u32(2));
        byte[] table = table(tfhd, full("tfdt", 0, 0, u32(0)), 0x201, u32(1), u32(0), u32(4));
        assertThatExceptionOfType(UnsupportedMediaException.class)
                .isThrownBy(() -> events(Mp4Bytes.recording().bytes(table)))
                .withMessageContaining("another description");
    }

    @Test
    void aFragmentWithoutAHeaderIsDamage() {
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> events(new Mp4Bytes().fragment(second(0))))
                .withMessageContaining("before the list of tracks");
    }

    private static byte[] state(Fmp4Parser parser) {
        StateOutput out = new StateOutput();
        parser.save(out);
        return out.toByteArray();
    }
}
