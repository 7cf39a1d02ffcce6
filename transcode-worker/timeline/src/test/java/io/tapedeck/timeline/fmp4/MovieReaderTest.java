package io.tapedeck.timeline.fmp4;

import static io.tapedeck.timeline.Mp4Bytes.full;
import static io.tapedeck.timeline.Mp4Bytes.one;
import static io.tapedeck.timeline.Mp4Bytes.trak;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Mp4Bytes;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.UnsupportedMediaException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovieReaderTest {

    private static Tracks tracks(byte[]... traks) throws MediaException {
        Fmp4Parser parser = new Fmp4Parser(false);
        parser.feed(ByteBuffer.wrap(new Mp4Bytes().ftyp().moov(traks).toByteArray()), new Heard());
        return parser.tracks().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"avc1, H264", "avc3, H264", "vp08, VP8", "vp09, VP9", "av01, AV1"})
    void picturesOfManyCodecs(String coding, Track.VideoCodec codec) throws Exception {
        Track.Video video = tracks(Mp4Bytes.pictures(coding)).video().orElseThrow();
        assertThat(video.codec()).isEqualTo(codec);
        assertThat(video.number()).isEqualTo(Mp4Bytes.PICTURES);
        assertThat(video.widthPixels()).isEqualTo(640);
        assertThat(video.heightPixels()).isEqualTo(480);
        assertThat(video.codecPrivate().length > 0).isEqualTo(codec == Track.VideoCodec.H264);
    }

    @ParameterizedTest
    @CsvSource({"hvc1, hvcC", "encv, encrypted", "snow, snow"})
    void otherPicturesAreRefusedByName(String coding, String name) {
        assertThatExceptionOfType(UnsupportedMediaException.class)
                .isThrownBy(() -> tracks(Mp4Bytes.pictures(coding), Mp4Bytes.sound("Opus")))
                .withMessageContaining(name);
    }

    @Test
    void picturesWithoutTheirHeaderAreRefused() {
        byte[] entry =
                one("avc1", new byte[24], Mp4Bytes.u16(640), Mp4Bytes.u16(480), new byte[50]);
        assertThatExceptionOfType(UnsupportedMediaException.class)
                .isThrownBy(() -> tracks(trak(1, "vide", 1000, entry)))
                .withMessageContaining("avcC");
    }

    @Test
    void opusHasItsHeaderTheOtherWayRoundAndNoPreSkip() throws Exception {
        Track.Audio audio = tracks(Mp4Bytes.sound("Opus")).audio().orElseThrow();
        assertThat(audio.codec()).isEqualTo(Track.AudioCodec.OPUS);
        assertThat(audio.channels()).isEqualTo(1);
        assertThat(audio.sampleRateHertz()).isEqualTo(48_000);
        assertThat(audio.preSkipSamples()).isZero();
        assertThat(HexFormat.of().formatHex(audio.codecPrivate()))
                .isEqualTo("4f707573486561640101000080bb0000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "1190, 48000, 2",
        "1188, 48000, 1",
        "1210, 44100, 2",
        "1288, 32000, 1",
        "119056e500, 48000, 2",
        "11b0, 48000, 6",
        "11b8, 48000, 8"
    })
    void aacIsWhatItsDescriptorsSay(String config, int hertz, int channels) throws Exception {
        byte[] entry = Mp4Bytes.soundEntry("mp4a", full("esds", 0, 0, Mp4Bytes.esds(config)));
        Track.Audio audio = tracks(trak(2, "soun", 44_100, entry)).audio().orElseThrow();
        assertThat(audio.codec()).isEqualTo(Track.AudioCodec.AAC);
        assertThat(audio.sampleRateHertz()).isEqualTo(hertz);
        assertThat(audio.channels()).isEqualTo(channels);
        assertThat(HexFormat.of().formatHex(audio.codecPrivate()))
                .isEqualTo(config.substring(0, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2b92", "1194", "11c0", "1090", "1310", "119056e580", "11", ""})
    void otherAacHasToBeConverted(String config) {
        byte[] entry = Mp4Bytes.soundEntry("mp4a", full("esds", 0, 0, Mp4Bytes.esds(config)));
        byte[] sound = trak(2, "soun", 48_000, entry);
        assertThatExceptionOfType(ForeignContainerException.class)
                .isThrownBy(() -> tracks(Mp4Bytes.pictures("avc1"), sound));
        assertThatExceptionOfType(ForeignContainerException.class).isThrownBy(() -> tracks(sound));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4v", "apcn", "jpeg"})
    void olderPicturesHaveToBeConvertedUnlessTheyStandAlone(String coding) throws Exception {
        if (coding.equals("jpeg")) {
            assertThat(tracks(Mp4Bytes.pictures(coding)).video().orElseThrow().codec())
                    .isEqualTo(Track.VideoCodec.MJPEG);
        } else {
            assertThatExceptionOfType(ForeignContainerException.class)
                    .isThrownBy(() -> tracks(Mp4Bytes.pictures(coding)));
        }
    }

    @Test
    void descriptorsThatEndEarlyAreNone() throws Exception {
        byte[] whole = Mp4Bytes.esds("1190");
        for (int length = 0; length < whole.length - 6; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            byte[] entry = Mp4Bytes.soundEntry("mp4a", full("esds", 0, 0, part));
            assertThatExceptionOfType(ForeignContainerException.class)
                    .isThrownBy(() ->
                            tracks(Mp4Bytes.pictures("avc1"), trak(2, "soun", 48_000, entry)));
        }
    }

    @Test
    void nothingToSeeOrHearIsRefused() {
        assertThatExceptionOfType(UnsupportedMediaException.class)
                .isThrownBy(() -> tracks(trak(3, "subt", 1000, one("wvtt"))))
                .withMessageContaining("neither picture nor sound");
    }

    @Test
    void tracksWithoutANumberOrAClockAreDamage() {
        byte[] sound = Mp4Bytes.sound("Opus");
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> tracks(sound, sound))
                .withMessageContaining("no valid number");
        assertThatExceptionOfType(MalformedStreamException.class)
                .isThrownBy(() -> tracks(Mp4Bytes.pictures("avc1", 0)))
                .withMessageContaining("unit of time");
    }
}
