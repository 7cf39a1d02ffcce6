package io.tapedeck.transcode.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.transcode.task.RenderingWish.Rung;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingWishTest {

    private static final Rung LARGE = new Rung(new Rendition("720p", 1280, 720), "grid", 2);
    private static final Rung SMALL = new Rung(new Rendition("240p", 426, 240), "grid", 2);
    private static final Rung SOURCE = new Rung(new Rendition("source", 1920, 1080), "source", 10);
    private static final List<Rung> KNOWN = List.of(SMALL, LARGE, SOURCE);

    @Test
    void noNameMeansAllThereAre() {
        assertThat(RenderingWish.of(List.of(), KNOWN).rungs()).isEqualTo(KNOWN);
    }

    @Test
    void aKnownNameMeansThatOneOnce() {
        assertThat(RenderingWish.of(List.of("source", "source"), KNOWN).rungs())
                .containsExactly(SOURCE);
    }

    @Test
    void aNewSizeIsScaledFromTheLargest() {
        assertThat(RenderingWish.of(List.of("480p"), KNOWN).rungs())
                .containsExactly(new Rung(new Rendition("480p", 854, 480), "grid", 2));
    }

    @Test
    void whatIsLargerOrTinyOrNoNameIsRefused() {
        for (String name : List.of("1080p", "12p", "best", "9999p")) {
            RenderingWish wish = RenderingWish.of(List.of(name), KNOWN);
            assertThat(wish.rungs()).isEmpty();
            assertThat(wish.refusal().orElseThrow()).contains(name, "720p");
        }
    }

    @Test
    void soundHasNoSizes() {
        var sound = new Rung(new Rendition("audio", 0, 0), "grid", 2);

        assertThat(RenderingWish.of(List.of("480p"), List.of(sound)).refusal()).isPresent();
    }
}
