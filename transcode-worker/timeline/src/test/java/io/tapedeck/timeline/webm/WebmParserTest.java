package io.tapedeck.timeline.webm;

import static io.tapedeck.timeline.WebmBytes.block;
import static io.tapedeck.timeline.WebmBytes.of;
import static io.tapedeck.timeline.WebmBytes.opus20Millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.Display;
import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.LaceBytes;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.WebmBytes;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StreamSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebmParserTest {

    private static final byte[] PAYLOAD = {9, 8, 7, 6, 5};

    /// What the parser says, one line each.
    private static List<String> events(WebmBytes bytes) throws MediaException {
        List<String> events = new ArrayList<>();
        feed(bytes.toByteArray(), events);
        return events;
    }

    private static void feed(byte[] bytes, List<String> events) throws MediaException {
        new WebmParser(true)
                .feed(
                        ByteBuffer.wrap(bytes),
                        new StreamSink() {
                            @Override
                            public void began() {
                                events.add("began");
                            }

                            @Override
                            public void tracks(Tracks tracks) {
                                events.add("tracks");
                            }

                            @Override
                            public void block(Block b) {
                                events.add(
                                        "%s %d%s %d bytes"
                                                .formatted(
                                                        b.kind(),
                                                        b.ticks(),
                                                        b.keyframe() ? " key" : "",
                                                        b.payload().length));
                            }
                        });
    }

    private static Tracks tracks(byte[]... entries) throws MediaException {
        WebmParser parser = new WebmParser(false);
        byte[] bytes = new WebmBytes().ebml("matroska").openSegment().tracks(entries).toByteArray();
        parser.feed(ByteBuffer.wrap(bytes), NOTHING);
        return parser.tracks().orElseThrow();
    }

    private static final StreamSink NOTHING =
            new StreamSink() {
                @Override
                public void began() {}

                @Override
                public void tracks(Tracks tracks) {}

                @Override
                public void block(Block block) {}
            };

    @Test
    void clustersOfUnknownSizeEndWithTheNext() throws Exception {
        assertThat(
                        events(
                                WebmBytes.recording()
                                        .openCluster(0)
                                        .sound(24)
                                        .picture(33, true)
                                        .openCluster(1000)
                                        .picture(-1, false)))
                .containsExactly(
                        "began",
                        "tracks",
                        "SOUND 2160 key 2 bytes",
                        "PICTURE 2970 key 4 bytes",
                        "PICTURE 89910 4 bytes");
    }

    @Test
    void knownSizesAndAnIndexAreFineToo() throws Exception {
        byte[] cluster =
                WebmBytes.join(of("e7", 5), of("ab", 77), of("a3", block(1, 0, 0x80, PAYLOAD)));
        byte[] segment =
                WebmBytes.join(
                        of("114d9b74", "seek"),
                        of("ec", "void"),
                        of("1654ae6b", WebmBytes.video(1, "V_VP9")),
                        of("1f43b675", cluster),
                        of("1c53bb6b", "cues"),
                        of("1254c367", "tags"));
        assertThat(
                        events(
                                new WebmBytes()
                                        .ebml("webm")
                                        .element("18538067", segment)
                                        .element("ec", new byte[3])))
                .containsExactly("began", "tracks", "PICTURE 450 key 5 bytes");
    }

    @Test
    void aBlockGroupIsAKeyframeUnlessItRefersToAnother() throws Exception {
        byte[] alpha = of("75a1", of("a6", of("a5", "alpha")));
        WebmBytes bytes = WebmBytes.recording().openCluster(0);
        bytes.element("a0", of("a1", block(1, 0, 0, PAYLOAD)), alpha);
        bytes.element("a0", alpha, of("fb", 3), of("a1", block(1, 33, 0, PAYLOAD)));
        bytes.element("a0", of("a1", block(1, 66, 0, PAYLOAD)), of("fb", 3));
        bytes.element("a0");
        assertThat(events(bytes))
                .endsWith("PICTURE 0 key 5 bytes", "PICTURE 2970 5 bytes", "PICTURE 5940 5 bytes");
    }

    @Test
    void timeHasTheUnitOfTheHeader() throws Exception {
        WebmBytes bytes =
                new WebmBytes()
                        .ebml("webm")
                        .openSegment()
                        .info(100_000)
                        .tracks(WebmBytes.video(1, "V_VP8"))
                        .openCluster(10_000)
                        .picture(1, true);
        assertThat(events(bytes)).endsWith("PICTURE 90009 key 4 bytes");
    }

    @Test
    void aSecondHeaderBeginsAnotherStream() throws Exception {
        byte[] again = WebmBytes.recording().openCluster(0).picture(0, true).toByteArray();
        assertThat(events(WebmBytes.recording().openCluster(0).sound(0).bytes(again)))
                .containsExactly(
                        "began",
                        "tracks",
                        "SOUND 0 key 2 bytes",
                        "began",
                        "tracks",
                        "PICTURE 0 key 4 bytes");
    }

    @Test
    void blocksOfOtherTracksAndEmptyOnesAreLeftOut() throws Exception {
        assertThat(
                        events(
                                WebmBytes.recording()
                                        .openCluster(0)
                                        .simpleBlock(3, 0, true, PAYLOAD)
                                        .simpleBlock(1, 0, true, new byte[0])))
                .containsExactly("began", "tracks");
    }

    @ParameterizedTest
    @CsvSource({
        "V_VP8, VP8",
        "V_VP9, VP9",
        "V_AV1, AV1",
        "V_MPEG4/ISO/AVC, H264",
        "V_MJPEG, MJPEG"
    })
    void picturesItKnows(String codecId, Track.VideoCodec codec) throws Exception {
        Track.Video video = tracks(WebmBytes.video(2, codecId)).video().orElseThrow();
        assertThat(video.codec()).isEqualTo(codec);
        assertThat(video.number()).isEqualTo(2);
        assertThat(video.heightPixels()).isEqualTo(480);
    }

    @Test
    void picturesItDoesNotKnowAreRefusedByName() {
        assertThatExceptionOfType(UnsupportedMediaException.class)
                .isThrownBy(
                        () -> tracks(WebmBytes.video(1, "V_SNOW"), WebmBytes.audio(2, "A_OPUS", 0)))
                .withMessageContaining("V_SNOW");
    }

    @Test
    void soundItDoesNotKnowIsLeftOutBesidePictures() throws Exception {
        Tracks tracks = tracks(WebmBytes.audio(1, "A_SNOW", 0), WebmBytes.video(2, "V_VP8"));
        assertThat(tracks.audio()).isEmpty();
        assertThat(tracks.video()).isPresent();
    }

    @Test
    void soundItDoesNotKnowIsRefusedAlone() {
        assertThatExceptionOfType(UnsupportedMediaException.class)
                .isThrownBy(() -> tracks(WebmBytes.audio(1, "A_SNOW", 0)))
                .withMessageContaining("A_SNOW");
        assertThatExceptionOfType(UnsupportedMediaException.class).isThrownBy(() -> tracks());
    }

    @ParameterizedTest
    @CsvSource({
        "A_PCM/INT/LIT, 16, PCM_S16LE",
        "A_PCM/INT/LIT, 8, PCM_U8",
        "A_PCM/INT/BIG, 24, PCM_S24BE",
        "A_PCM/FLOAT/IEEE, 32, PCM_F32LE",
        "A_MPEG/L3, 0, MP3",
        "A_AC3, 0, AC3"
    })
    void soundItKnows(String codecId, int bits, Track.AudioCodec codec) throws Exception {
        byte[] hertz = ByteBuffer.allocate(4).putFloat(44_100).array();
        byte[] settings = WebmBytes.join(of("b5", hertz), of("9f", 1), of("6264", bits));
        byte[] entry = WebmBytes.track(7, 2, codecId, of("e1", settings));

        Track.Audio audio = tracks(entry).audio().orElseThrow();

        assertThat(audio.codec()).isEqualTo(codec);
        assertThat(audio.number()).isEqualTo(7);
        assertThat(audio.sampleRateHertz()).isEqualTo(44_100);
        assertThat(audio.channels()).isEqualTo(1);
    }

    @Test
    void ofSeveralSoundsTheDefaultOneIsTaken() throws Exception {
        byte[] hertz = ByteBuffer.allocate(4).putFloat(44_100).array();
        byte[] other = WebmBytes.track(1, 2, "A_MPEG/L3", of("88", 0), of("e1", of("b5", hertz)));
        Tracks tracks = tracks(other, WebmBytes.audio(2, "A_OPUS", 0));
        assertThat(tracks.audio().orElseThrow().number()).isEqualTo(2);
        assertThat(tracks(other).audio().orElseThrow().number()).isEqualTo(1);
    }

    @Test
    void picturesAreShownAsTheHeaderSays() throws Exception {
        byte[] roll = ByteBuffer.allocate(4).putFloat(90).array();
        byte[] settings =
                WebmBytes.join(
                        of("b0", 720),
                        of("ba", 576),
                        of("54b0", 1024),
                        of("54ba", 576),
                        of("9a", 1),
                        of("55b0", of("55ba", 16)),
                        of("7670", of("7675", roll)));
        byte[] entry = WebmBytes.track(1, 1, "V_VP9", of("e0", settings));

        Track.Video video = tracks(entry).video().orElseThrow();

        assertThat(video.display().rotationDegrees()).isEqualTo(270);
        assertThat(video.display().light()).isEqualTo(Display.Light.PQ);
        assertThat(video.display().interlaced()).isTrue();
        assertThat(video.shownWidthPixels()).isEqualTo(576);
        assertThat(video.shownHeightPixels()).isEqualTo(1024);
    }

    @Test
    void aSizeThatIsTheCodedOneSaysNothing() throws Exception {
        byte[] settings =
                WebmBytes.join(of("b0", 640), of("ba", 480), of("54b0", 640), of("54ba", 480));
        byte[] entry = WebmBytes.track(1, 1, "V_VP9", of("e0", settings));
        assertThat(tracks(entry).video().orElseThrow().display().isPlain()).isTrue();
    }

    @Test
    void withoutAnOpusHeadTheTrackHeaderCounts() throws Exception {
        byte[] entry =
                WebmBytes.track(1, 2, "A_OPUS", of("e1", of("9f", 2)), of("56aa", 6_500_000));
        Track.Audio audio = tracks(entry).audio().orElseThrow();
        assertThat(audio.channels()).isEqualTo(2);
        assertThat(audio.preSkipSamples()).isEqualTo(312);
        assertThat(audio.codecPrivate()).hasSize(19);
    }

    @Test
    void encryptedPicturesAreRefused() {
        byte[] entry =
                WebmBytes.track(
                        1,
                        1,
                        "V_VP8",
                        of("e0", WebmBytes.join(of("b0", 2), of("ba", 2))),
                        of("6d80", of("6240", of("5033", 1))));
        assertThatExceptionOfType(UnsupportedMediaException.class).isThrownBy(() -> tracks(entry));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x82, 0x84, 0x86})
    void picturesThatShareABlockHaveToBeConverted(int flags) {
        WebmBytes bytes =
                WebmBytes.recording().openCluster(0).element("a3", block(1, 0, flags, PAYLOAD));
        assertThatExceptionOfType(ForeignContainerException.class)
                .isThrownBy(() -> events(bytes))
                .returns(ForeignContainer.MATROSKA, ForeignContainerException::container);
    }

    @ParameterizedTest
    @EnumSource
    void packetsThatShareABlockFollowEachOther(LaceBytes lace) throws Exception {
        byte[] laced = lace.payload(List.of(opus20Millis(), opus20Millis(), opus20Millis()));
        byte[] alone = lace.payload(List.of(opus20Millis()));
        WebmBytes bytes =
                WebmBytes.recording()
                        .openCluster(0)
                        .element("a3", block(2, 100, 0x80 | lace.flags(), laced))
                        .element("a0", of("a1", block(2, 160, lace.flags(), alone)));
        assertThat(events(bytes))
                .endsWith(
                        "SOUND 9000 key 2 bytes",
                        "SOUND 10800 key 2 bytes",
                        "SOUND 12600 key 2 bytes",
                        "SOUND 14400 key 2 bytes");
    }

    @Test
    void aTrackThatIsNotUsedMayBeLaced() throws Exception {
        WebmBytes bytes =
                WebmBytes.recording().openCluster(0).element("a3", block(3, 0, 0x86, PAYLOAD));
        assertThat(events(bytes)).containsExactly("began", "tracks");
    }

    /// So many bytes in one block are no sound.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLaceThatIsFarTooLargeIsNotKept(boolean payloads) {
        byte[] bytes =
                WebmBytes.recording()
                        .openCluster(0)
                        .hex("a3 10400000")
                        .bytes(block(2, 0, 0x82, new byte[payloads ? 1 << 22 : 1 << 10]))
                        .toByteArray();
        assertThatExceptionOfType(ForeignContainerException.class)
                .isThrownBy(() -> new WebmParser(payloads).feed(ByteBuffer.wrap(bytes), NOTHING));
    }

    @ParameterizedTest
    @CsvSource({"V_MPEG2, A_OPUS", "V_MPEGH/ISO/HEVC, A_OPUS", "V_VP8, A_VORBIS"})
    void whatCannotBeCountedHasToBeConverted(String pictures, String sound) {
        assertThatExceptionOfType(ForeignContainerException.class)
                .isThrownBy(
                        () -> tracks(WebmBytes.video(1, pictures), WebmBytes.audio(2, sound, 0)))
                .returns(ForeignContainer.MATROSKA, ForeignContainerException::container);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00", // no ID
                "a3 00", // no size
                "a3 01ffffffffffffff", // a block without a size
                "a3 01fffffffffffff0", // larger than anything
                "a3 83 818000", // too short for its head
                "a0 88 a1 8f 8181818181", // larger than the group around it
                "e7 89 000000000000000001", // a number of nine bytes
                "18538067 80", // a segment in a segment
            })
    void brokenElementsAreRefused(String hex) {
        WebmBytes bytes = WebmBytes.recording().openCluster(0).hex(hex).hex("0000000000000000");
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> events(bytes))
                .withMessageContaining("damaged at byte");
    }

    @Test
    void framesNeedTracksAndATime() {
        WebmBytes noTracks = new WebmBytes().ebml("webm").openSegment().openCluster(0);
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> events(noTracks));
        WebmBytes noTime = WebmBytes.recording().hex("1f43b675 ff").picture(0, true);
        assertThatExceptionOfType(MalformedStreamException.class).isThrownBy(() -> events(noTime));
    }

    @Test
    void otherKindsOfEbmlAreRefused() {
        assertThatExceptionOfType(UnsupportedMediaException.class)
                .isThrownBy(() -> events(new WebmBytes().ebml("cellar")));
    }
}
