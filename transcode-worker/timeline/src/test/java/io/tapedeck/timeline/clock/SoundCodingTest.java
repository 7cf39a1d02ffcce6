package io.tapedeck.timeline.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Track;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundCodingTest {

    private static SoundCoding aac(int hertz) {
        return SoundCoding.of(
                new Track.Audio(2, Track.AudioCodec.AAC, 2, new byte[] {0x12, 0x10}, hertz, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {48_000, 44_100, 32_000})
    void everyOwnSampleIsAnother48kSampleAndCanBeToldFromIt(int hertz) {
        SoundCoding coding = aac(hertz);
        for (long sample = -3000; sample < 3000; sample++) {
            long at48k = coding.to48k(sample);
            assertThat(coding.from48kCeil(at48k)).isEqualTo(sample);
            assertThat(coding.to48k(sample + 1)).isGreaterThan(at48k);
        }
        assertThat(coding.to48k(hertz)).isEqualTo(48_000);
    }

    @ParameterizedTest
    @CsvSource({"48000, 5, 0", "44100, 0, 0", "44100, 1, 146", "44100, -1, 1", "32000, 3, 1"})
    void someBeginJustWhereA48kSampleDoes(int hertz, long sample, long uneven) {
        assertThat(aac(hertz).unevenSamples(sample)).isEqualTo(uneven);
    }

    @Test
    void timesAreRoundedUpToSamples() {
        assertThat(aac(44_100).samplesCeil(0)).isZero();
        assertThat(aac(44_100).samplesCeil(2)).isEqualTo(1);
        assertThat(aac(44_100).samplesCeil(90_000)).isEqualTo(44_100);
        assertThat(aac(44_100).samplesCeil(-2)).isZero();
    }

    @Test
    void aacPacketsAreAllOfOneLength() {
        assertThat(aac(44_100).samples(new byte[] {0}, 1)).isEqualTo(1024);
        assertThat(SoundCoding.NONE.samples(new byte[] {(byte) 0xF8}, 1)).isEqualTo(960);
    }

    /// First bytes of packets that ffmpeg's encoders made.
    @ParameterizedTest
    @CsvSource({
        "MP3, fffb9064000fffff, 1152",
        "MP3, fff34064000fffff, 576",
        "MP3, 00000000, 0",
        "MP2, fffda404, 1152",
        "AC3, 0b77b2dd1440432f, 1536",
        "AC3, 1234b2dd1440432f, 0",
        "EAC3, 0b7701ff3486ffe1, 1536",
        "EAC3, 0b7701ff0486ffe1, 256",
        "FLAC, fff8c91800c2000000, 4096",
        "FLAC, fff87918000f9f00, 4000",
        "FLAC, fff86918c3880b00, 12",
        "FLAC, 0000, 0"
    })
    void compressedPacketsSayHowLongTheyAre(Track.AudioCodec codec, String head, int samples) {
        var coding = SoundCoding.of(new Track.Audio(2, codec, 2, new byte[0], 48_000, 0));
        assertThat(coding.samples(HexFormat.of().parseHex(head), 500)).isEqualTo(samples);
    }

    @ParameterizedTest
    @CsvSource({"PCM_U8, 1, 900", "PCM_S16LE, 1, 450", "PCM_S24BE, 2, 150", "PCM_F64LE, 1, 112"})
    void plainSamplesAreCountedInBytes(Track.AudioCodec codec, int channels, int samples) {
        var coding = SoundCoding.of(new Track.Audio(2, codec, channels, new byte[0], 44_100, 0));
        assertThat(coding.samples(new byte[16], 900)).isEqualTo(samples);
    }

    @Test
    void holesOfAnyLengthStayWhereNoPacketIsSilent() {
        var coding =
                SoundCoding.of(
                        new Track.Audio(2, Track.AudioCodec.PCM_S16LE, 1, new byte[0], 44_100, 0));
        var placement = new AudioClock(1000).place(4001, 441, coding);
        assertThat(coding.hasSilence()).isFalse();
        assertThat(placement.firstSample()).isEqualTo(4001);
    }
}
