package io.tapedeck.ingest.matroska;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegSizeTest {

    private static final byte[] PICTURE = Jpegs.of(640, 481, 3);

    @Test
    void readsTheSize() throws Exception {
        assertThat(JpegSize.of(PICTURE)).isEqualTo(new JpegSize(640, 481));
        assertThat(JpegSize.of(Jpegs.of(1, 1, 3))).isEqualTo(new JpegSize(1, 1));
    }

    @Test
    void takesWhatStandsBehindThePicture() throws Exception {
        byte[] longer = Arrays.copyOf(PICTURE, PICTURE.length + 7);
        assertThat(JpegSize.of(longer)).isEqualTo(new JpegSize(640, 481));
    }

    @Test
    void saysNoToEveryBeginning() {
        for (int length = 0; length < PICTURE.length; length++) {
            byte[] cut = Arrays.copyOf(PICTURE, length);
            refused(false, cut);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC3, 0xC5, 0xC9, 0xCB, 0xCF})
    void saysNoToCodingsThatFfmpegDoesNotKnow(int marker) {
        byte[] other = PICTURE.clone();
        other[frameHeader()] = (byte) marker;
        refused(false, other);
    }

    @Test
    void saysNoToPicturesThatAreTooLarge() {
        byte[] other = PICTURE.clone();
        Arrays.fill(other, frameHeader() + 4, frameHeader() + 8, (byte) 0xFF);
        refused(true, other);
    }

    @Test
    void whateverTheBytesNothingElseHappens() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = PICTURE.clone();
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                bytes[random.nextInt(Math.min(bytes.length, 700))] = (byte) random.nextInt();
            }
            try {
                assertThat(JpegSize.of(bytes).widthPixels()).as("seed %d", seed).isPositive();
            } catch (JpegException e) {
                assertThat(e.detail()).isNotBlank();
            }
        }
    }

    private static int frameHeader() {
        for (int i = 0; ; i++) {
            if (PICTURE[i] == (byte) 0xFF && PICTURE[i + 1] == (byte) 0xC0) {
                return i + 1;
            }
        }
    }

    private static void refused(boolean tooLarge, byte[] bytes) {
        assertThatExceptionOfType(JpegException.class)
                .isThrownBy(() -> JpegSize.of(bytes))
                .matches(e -> e.isTooLarge() == tooLarge, "too large: " + tooLarge);
    }
}
