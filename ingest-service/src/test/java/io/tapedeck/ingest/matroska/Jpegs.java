package io.tapedeck.ingest.matroska;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// Real JPEG pictures.
public final class Jpegs {

    private Jpegs() {}

    public static byte[] of(int widthPixels, int heightPixels, int number) {
        var image = new BufferedImage(widthPixels, heightPixels, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(Color.getHSBColor(number * 0.07f, 0.8f, 0.9f));
        pen.fillRect(0, 0, widthPixels, heightPixels);
        pen.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
