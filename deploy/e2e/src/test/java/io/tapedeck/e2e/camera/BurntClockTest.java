package io.tapedeck.e2e.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class BurntClockTest {

    private static final Instant TIME = Instant.parse("2026-03-04T05:06:07.089Z");

    @Test
    void isReadFromAPictureOfAnotherSize() throws Exception {
        byte[] jpeg = new ClockPictures(640, 360).jpeg(TIME);
        BufferedImage painted = ImageIO.read(new ByteArrayInputStream(jpeg));
        for (int height : new int[] {720, 360, 240, 144}) {
            int width = height * 16 / 9;
            var gray = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
            gray.createGraphics().drawImage(painted, 0, 0, width, height, null);
            byte[] pixels = (byte[]) gray.getRaster().getDataElements(0, 0, width, height, null);
            assertThat(BurntClock.read(pixels, width, height))
                    .as("at %d lines", height)
                    .hasValue(TIME.toEpochMilli());
        }
    }

    @Test
    void isNotFoundWhereNoneIs() {
        byte[] black = new byte[640 * 360];
        assertThat(BurntClock.read(black, 640, 360)).isEmpty();
        byte[] white = new byte[640 * 360];
        Arrays.fill(white, (byte) 0xFF);
        assertThat(BurntClock.read(white, 640, 360)).isEmpty();
    }
}
