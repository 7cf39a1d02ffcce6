package io.tapedeck.timeline.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Track;
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
        assertThat(aac(44_100).samples(new byte[] {0})).isEqualTo(1024);
        assertThat(SoundCoding.NONE.samples(new byte[] {(byte) 0xF8})).isEqualTo(960);
    }
}
