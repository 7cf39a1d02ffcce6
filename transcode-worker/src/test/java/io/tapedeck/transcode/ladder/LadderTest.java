package io.tapedeck.transcode.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ffmpeg.segment.Rendition;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LadderTest {

    private static final Ladder LADDER = new Ladder(List.of(240, 720, 1080, 480, 360));

    @Test
    void nothingIsLargerThanTheSource() {
        assertThat(names(1280, 720)).containsExactly("720p", "480p", "360p", "240p");
        assertThat(names(3840, 2160)).containsExactly("1080p", "720p", "480p", "360p", "240p");
        assertThat(names(320, 180)).containsExactly("180p");
    }

    @Test
    void aSizeBetweenRungsKeepsItsOwn() {
        assertThat(names(1000, 600)).containsExactly("600p", "480p", "360p", "240p");
        assertThat(names(640, 500)).containsExactly("500p", "360p", "240p");
    }

    @Test
    void oddSizesBecomeEven() {
        assertThat(LADDER.of(pictures(321, 241)).getFirst())
                .isEqualTo(new Rendition("240p", 320, 240));
        assertThat(LADDER.of(pictures(361, 641)).getFirst())
                .isEqualTo(new Rendition("360p", 360, 640));
    }

    @Test
    void portraitKeepsItsShape() {
        assertThat(LADDER.of(pictures(720, 1280)).get(1))
                .isEqualTo(new Rendition("480p", 480, 854));
    }

    @Test
    void soundAloneIsOneRendition() {
        assertThat(LADDER.of(SOUND)).containsExactly(Rendition.audioOnly());
    }

    @Test
    void thereIsAlwaysOne() {
        assertThat(LADDER.of(pictures(0, 0))).isNotEmpty();
        assertThat(LADDER.of(pictures(16, 16_000))).hasSize(1);
        assertThat(new Ladder(List.of()).of(pictures(640, 480)))
                .containsExactly(new Rendition("480p", 640, 480));
    }

    @Test
    void isBetterByRungsNotByPixels() {
        assertThat(LADDER.isBetter(pictures(320, 240), SOUND)).isTrue();
        assertThat(LADDER.isBetter(pictures(1280, 720), pictures(640, 480))).isTrue();
        assertThat(LADDER.isBetter(pictures(720, 1280), pictures(1280, 720))).isFalse();
        assertThat(LADDER.isBetter(pictures(1280, 720), pictures(1200, 700))).isFalse();
        assertThat(LADDER.isBetter(pictures(3840, 2160), pictures(1920, 1080))).isFalse();
        assertThat(LADDER.isBetter(SOUND, pictures(320, 240))).isFalse();
        assertThat(LADDER.isBetter(SOUND, SOUND)).isFalse();
    }

    private static final PictureSize SOUND =
            PictureSize.of(new Tracks(Optional.empty(), Optional.empty()));

    private static List<String> names(int width, int height) {
        return LADDER.of(pictures(width, height)).stream().map(Rendition::name).toList();
    }

    private static PictureSize pictures(int width, int height) {
        return PictureSize.of(
                new Tracks(
                        Optional.of(new Track.Video(1, Track.VideoCodec.VP8, width, height)),
                        Optional.empty()));
    }
}
