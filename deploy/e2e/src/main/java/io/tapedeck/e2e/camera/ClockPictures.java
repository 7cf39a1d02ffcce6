package io.tapedeck.e2e.camera;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import javax.imageio.ImageIO;

/// Pictures with the time in them, and below it something that moves. For one thread at a time.
final class ClockPictures {

    private final BufferedImage image;

    ClockPictures(int widthPixels, int heightPixels) {
        image = new BufferedImage(widthPixels, heightPixels, BufferedImage.TYPE_3BYTE_BGR);
        // Without it ImageIO writes a file for each picture first.
        ImageIO.setUseCache(false);
    }

    byte[] jpeg(Instant time) {
        paint(time);
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Three bytes for each pixel: blue, green, red. They are those of the next picture after the
    /// next call.
    byte[] bgr(Instant time) {
        paint(time);
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    private void paint(Instant time) {
        int width = image.getWidth();
        int height = image.getHeight();
        var pen = image.createGraphics();
        try {
            pen.setColor(new Color(0x33, 0x55, 0x77));
            pen.fillRect(0, 0, width, height);
            BurntClock.paint(pen, time, width, height);
            // Once through the picture in four seconds.
            int x = (int) (Math.floorMod(time.toEpochMilli(), 4000L) * width / 4000);
            pen.setColor(Color.ORANGE);
            pen.fillRect(x - 20, height / 2, 40, height / 3);
        } finally {
            pen.dispose();
        }
    }
}
