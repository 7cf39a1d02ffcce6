package io.tapedeck.ffmpeg.segment;

import static io.tapedeck.ffmpeg.segment.SyntheticRecording.pictures;
import static io.tapedeck.ffmpeg.segment.SyntheticRecording.sweep;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tapedeck.checker.Checker;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the recordings of the corpus do not show.
class SegmentRendererIT {

    private static final long S = 90_000;
    private static final List<String> VP8 =
            List.of("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "60");
    private static final List<String> OPUS = List.of("-c:a", "libopus", "-b:a", "64k");

    private static final List<String> X264 =
            List.of("-c:v", "libx264", "-bf", "0", "-g", "60", "-pix_fmt", "yuv420p");
    private static final List<String> FRAGMENTS =
            List.of("-movflags", "frag_keyframe+empty_moov+default_base_moof");

    private static FfmpegInstallation ffmpeg;

    @TempDir private Path work;

    @BeforeAll
    static void locate() throws Exception {
        ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
    }

    @Test
    void picturesAlone() throws Exception {
        judge(
                pictures("322x182", 25, 5),
                List.of("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"));
    }

    @Test
    void soundAlone() throws Exception {
        judge(sweep(7), OPUS);
    }

    @Test
    void aPortraitOf1080pAtSixtyPicturesASecond() throws Exception {
        judge(pictures("1080x1920", 60, 1), sweep(7), VP8, OPUS);
    }

    @Test
    void av1() throws Exception {
        judge(
                pictures("320x240", 30, 4),
                sweep(7),
                List.of("-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8", "-g", "90"),
                OPUS);
    }

    @ParameterizedTest
    @CsvSource({"48000, 1", "48000, 2", "44100, 1", "44100, 2", "32000, 2"})
    void aacInFragments(int hertz, int channels) throws Exception {
        judge("mp4", pictures("320x240", 30, 7), sweep(7), X264, aac(hertz, channels), FRAGMENTS);
    }

    @Test
    void anEditListThatHidesTheEncodersFirstSamples() throws Exception {
        var delayed = List.of("-movflags", "frag_keyframe+empty_moov+delay_moov+default_base_moof");
        judge("mp4", pictures("320x240", 30, 7), sweep(7), X264, aac(44_100, 2), delayed);
    }

    @Test
    void vp9AndOpusInFragments() throws Exception {
        judge(
                "mp4",
                pictures("320x240", 30, 5),
                sweep(5),
                List.of("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"),
                OPUS,
                FRAGMENTS);
    }

    @Test
    void av1InFragments() throws Exception {
        judge(
                "mp4",
                pictures("320x240", 30, 4),
                List.of("-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8", "-g", "90"),
                FRAGMENTS);
    }

    private static List<String> aac(int hertz, int channels) {
        return List.of(
                "-c:a", "aac", "-ar", Integer.toString(hertz), "-ac", Integer.toString(channels));
    }

    @Test
    void pausesAreFilledWithTheLastPicture() throws Exception {
        judge(
                pictures("320x240", 30, 7),
                sweep(7),
                List.of("-vf", "select='lt(t,1.1)+between(t,5.7,6.3)'", "-fps_mode", "passthrough"),
                VP8,
                OPUS);
    }

    @Test
    void aLateFirstPictureIsPrecededByBlack() throws Exception {
        judge(
                pictures("320x240", 30, 7),
                sweep(7),
                List.of("-vf", "select='gte(t,3.1)'", "-fps_mode", "passthrough"),
                VP8,
                OPUS);
    }

    @Test
    void soundThatStartsLateAndEndsEarly() throws Exception {
        judge(pictures("320x240", 30, 7), List.of("-itsoffset", "2.5"), sweep(1.7), VP8, OPUS);
    }

    @Test
    void stereoStaysStereo() throws Exception {
        judge(
                List.of("-f", "lavfi", "-i", "aevalsrc=sin(2764*t*t)/3|sin(4000*t)/3:d=5:s=48000"),
                OPUS);
    }

    @Test
    void h264MayChangeItsSizeInBand() throws Exception {
        var pictures = new ArrayList<Frame.Picture>();
        for (String size : List.of("320x240", "240x320")) {
            for (byte[] picture : accessUnits(size)) {
                boolean first = pictures.size() % 30 == 0;
                pictures.add(new Frame.Picture(pictures.size() * 3000L, first, picture));
            }
        }
        var video = new Track.Video(1, Track.VideoCodec.H264, 320, 240);

        var segment =
                new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT)
                        .render(
                                input(Optional.of(video), pictures, List.of()),
                                Rendition.of(video),
                                Cancellation.never());

        assertThat(segment.frames()).isEqualTo(60);
    }

    @Test
    void refusesPicturesThatCannotBeDecoded() {
        var garbage = new Frame.Picture(0, true, "not a picture at all".getBytes(US_ASCII));

        var exit = failure(List.of(garbage), List.of());

        assertThat(exit).isInstanceOf(FfmpegExit.RefusedInput.class);
        assertThat(exit.retryable()).isFalse();
    }

    @Test
    void refusesAPictureOfAbsurdSize() {
        // A VP8 keyframe header that announces 16383 × 16383.
        byte[] bomb = new byte[64];
        byte[] header = {
            0x10, 0x02, 0, (byte) 0x9D, 0x01, 0x2A, (byte) 0xFF, 0x3F, (byte) 0xFF, 0x3F
        };
        System.arraycopy(header, 0, bomb, 0, header.length);

        assertThat(failure(List.of(new Frame.Picture(0, true, bomb)), List.of()))
                .isInstanceOf(FfmpegExit.RefusedInput.class);
    }

    @Test
    void soundThatCannotBeDecodedIsSilent() throws Exception {
        var packet = new Frame.Sound(0, 960, new byte[] {(byte) 0xFF, (byte) 0xFF, 1, 2, 3});

        var segment =
                new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT)
                        .render(
                                input(Optional.empty(), List.of(), List.of(packet)),
                                Rendition.audioOnly(),
                                Cancellation.never());

        assertThat(segment.codecs()).isEqualTo("mp4a.40.2");
    }

    @Test
    void aRunWithoutPicturesIsBlackAndOneWithoutPacketsSilent() throws Exception {
        var segment =
                new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT)
                        .render(
                                input(Optional.empty(), List.of(), List.of()),
                                new Rendition("480p", 640, 480),
                                Cancellation.never());

        assertThat(segment.frames()).isEqualTo(2);
        assertThat(segment.codecs()).isEqualTo("avc1.64001f,mp4a.40.2");
    }

    @Test
    void nothingIsRenderedWhenItIsCancelled() {
        var cancellation = new Cancellation();
        cancellation.cancel();
        var renderer = new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT);

        assertThat(
                        catchThrowableOfType(
                                        FfmpegException.class,
                                        () ->
                                                renderer.render(
                                                        input(
                                                                Optional.empty(),
                                                                List.of(),
                                                                List.of()),
                                                        Rendition.audioOnly(),
                                                        cancellation))
                                .exit())
                .isEqualTo(new FfmpegExit.Cancelled());
    }

    /// One second of Annex B, cut before each access unit delimiter.
    private List<byte[]> accessUnits(String size) throws Exception {
        Path file = work.resolve(size + ".h264");
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error"));
        command.addAll(pictures(size, 30, 1));
        command.addAll(List.of("-c:v", "libx264", "-bf", "0", "-pix_fmt", "yuv420p"));
        command.addAll(List.of("-bsf:v", "h264_metadata=aud=insert", file.toString()));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        String bytes = Files.readString(file, ISO_8859_1);
        return Stream.of(bytes.split("(?=\0\0\0\1\t)"))
                .map(unit -> unit.getBytes(ISO_8859_1))
                .toList();
    }

    @SafeVarargs
    private void judge(List<String>... args) throws Exception {
        judge("matroska", args);
    }

    @SafeVarargs
    private void judge(String container, List<String>... args) throws Exception {
        var recording = new SyntheticRecording(work).make("synthetic", container, List.of(args));
        var segments = new Rendering(ffmpeg, recording, work).all();
        Path source = Files.write(work.resolve("run"), recording.runs().getFirst());

        var findings = new Checker(work).check(List.of(source), segments, Optional.empty());

        assertThat(findings.problems()).as(findings.measures().toString()).isEmpty();
    }

    private static FfmpegExit failure(List<Frame.Picture> pictures, List<Frame.Sound> sounds) {
        var video = new Track.Video(1, Track.VideoCodec.VP8, 640, 480);
        boolean hasPictures = !pictures.isEmpty();
        return catchThrowableOfType(
                        FfmpegException.class,
                        () ->
                                new SegmentRenderer(ffmpeg, TimeLimit.DEFAULT)
                                        .render(
                                                input(
                                                        hasPictures
                                                                ? Optional.of(video)
                                                                : Optional.empty(),
                                                        pictures,
                                                        sounds),
                                                hasPictures
                                                        ? Rendition.of(video)
                                                        : Rendition.audioOnly(),
                                                Cancellation.never()))
                .exit();
    }

    private static WindowInput input(
            Optional<Track.Video> video, List<Frame.Picture> pictures, List<Frame.Sound> sounds) {
        return new WindowInput(
                new Window(
                        Cut.GRID,
                        0,
                        0,
                        0,
                        0,
                        2 * S,
                        true,
                        OptionalLong.empty(),
                        new Window.ByteSpan(0, 0, new byte[0])),
                video,
                Optional.of(audio()),
                pictures,
                sounds);
    }

    private static Track.Audio audio() {
        return new Track.Audio(2, Track.AudioCodec.OPUS, 1, new byte[0]);
    }
}
