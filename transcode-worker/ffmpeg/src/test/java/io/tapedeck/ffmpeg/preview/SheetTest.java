package io.tapedeck.ffmpeg.preview;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SheetTest {

    @Test
    void keepsTheShapeOfWideAndOfHighPictures() {
        assertThat(Sheet.single(1280, 720, 160)).isEqualTo(new Sheet(160, 90, 1, 1));
        assertThat(Sheet.single(720, 1280, 160)).isEqualTo(new Sheet(90, 160, 1, 1));
    }

    @Test
    void enlargesNothing() {
        assertThat(Sheet.single(100, 60, 1280)).isEqualTo(new Sheet(100, 60, 1, 1));
    }

    @Test
    void hasPixelsHoweverThinAPictureIs() {
        assertThat(Sheet.single(4000, 2, 160)).isEqualTo(new Sheet(160, 2, 1, 1));
    }

    @Test
    void isAsLargeAsItsTiles() {
        Sheet sheet = new Sheet(160, 90, 1, 1).of(10, 7);

        assertThat(sheet.tiles()).isEqualTo(70);
        assertThat(sheet.widthPixels()).isEqualTo(1600);
        assertThat(sheet.heightPixels()).isEqualTo(630);
    }
}
