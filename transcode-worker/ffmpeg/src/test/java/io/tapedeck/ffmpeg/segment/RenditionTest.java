package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Track;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenditionTest {

    @ParameterizedTest
    @CsvSource({
        "640, 480, 640, 480, 480p",
        "1280, 720, 1280, 720, 720p",
        "720, 1280, 720, 1280, 720p",
        "1920, 1080, 1280, 720, 720p",
        "3840, 2160, 1280, 720, 720p",
        "1080, 1920, 720, 1280, 720p",
        "2560, 1080, 1280, 540, 540p",
        "1600, 1200, 960, 720, 720p",
        "1000, 1000, 720, 720, 720p",
        "641, 481, 642, 482, 482p",
        "853, 479, 854, 480, 480p",
        "1, 1, 32, 32, 32p",
        "16384, 2, 1280, 32, 32p",
        "0, 0, 640, 480, 480p",
        "-5, 100, 640, 480, 480p",
    })
    void keepsTheSizeUpTo720pAndTheAspect(
            int width, int height, int wantedWidth, int wantedHeight, String name) {
        assertThat(Rendition.of(new Track.Video(1, Track.VideoCodec.VP8, width, height)))
                .isEqualTo(new Rendition(name, wantedWidth, wantedHeight));
    }

    @Test
    void soundAloneHasNoSize() {
        assertThat(Rendition.audioOnly()).isEqualTo(new Rendition("audio", 0, 0));
        assertThat(Rendition.audioOnly().hasVideo()).isFalse();
    }

    @Test
    void theLevelHoldsSixtyPicturesASecond() {
        assertThat(new Rendition("480p", 640, 480).level()).isEqualTo("3.1");
        assertThat(new Rendition("720p", 1280, 720).level()).isEqualTo("3.2");
    }
}
