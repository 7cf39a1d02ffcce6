package io.tapedeck.playback.playlist;

import static io.tapedeck.playback.playlist.Golden.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import io.tapedeck.playback.catalog.WindowOutcome;
import io.tapedeck.playback.catalog.WindowOutcome.Missing;
import io.tapedeck.playback.catalog.WindowOutcome.Segment;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class MasterPlaylistTest {

    private static final Layout HD = new Layout(1280, 720, 2);
    private static final Layout SOUND = new Layout(0, 0, 2);

    @Test
    void saysWhatWasMeasured() {
        var variants = new LinkedHashMap<String, Variant>();
        variants.put(
                "720p/index.m3u8",
                Variant.measured(
                        HD,
                        List.of(
                                segment(0, 2, 400_000, "avc1.64001f,mp4a.40.2", 60),
                                segment(1, 2, 800_000, "avc1.64001f,mp4a.40.2", 60))));
        variants.put(
                "audio/index.m3u8",
                Variant.measured(SOUND, List.of(segment(0, 2, 32_000, "mp4a.40.2", 0))));

        assertThat(MasterPlaylist.render(variants)).isEqualTo(golden("master.m3u8"));
    }

    @Test
    void peakIsOfNeighboursThatLastAboutATarget() {
        // A tenth of a second at a huge rate counts only together with its neighbours.
        List<WindowOutcome> listed =
                List.of(
                        segment(0, 2, 250_000, "avc1.64001f", 60),
                        segment(1, 0.1, 250_000, "avc1.64001f", 3));
        assertThat(Variant.measured(HD, listed).peakBitsPerSecond()).isEqualTo(1_904_762);
    }

    @Test
    void peakDoesNotReachOverAGap() {
        List<WindowOutcome> listed =
                List.of(
                        segment(0, 1, 100_000, "avc1.64001f", 30),
                        new Missing(1, 0, 90_000, 90_000, "broken", null),
                        segment(2, 1, 300_000, "avc1.64001f", 30));
        Variant variant = Variant.measured(HD, listed);
        assertThat(variant.peakBitsPerSecond()).isEqualTo(2_400_000);
        assertThat(variant.averageBitsPerSecond()).isEqualTo(1_600_000);
    }

    @Test
    void aSingleShortSegmentIsItsOwnPeak() {
        Variant variant = Variant.measured(HD, List.of(segment(0, 0.5, 50_000, "avc1.64001f", 15)));
        assertThat(variant.peakBitsPerSecond()).isEqualTo(800_000);
        assertThat(variant.milliFramesPerSecond()).isEqualTo(30_000);
    }

    @Test
    void theFrameRateIgnoresAStubAtTheEnd() {
        List<WindowOutcome> listed =
                List.of(
                        segment(0, 2, 1000, "avc1.64001f", 50),
                        segment(1, 0.01, 1000, "avc1.64001f", 1));
        assertThat(Variant.measured(HD, listed).milliFramesPerSecond()).isEqualTo(25_000);
    }

    @Test
    void theFrameRateIgnoresJitterAtTheBorders() {
        List<WindowOutcome> listed =
                List.of(
                        segment(0, 2, 1000, "avc1.64001f", 61),
                        segment(1, 2, 1000, "avc1.64001f", 60),
                        segment(2, 2, 1000, "avc1.64001f", 59));
        assertThat(Variant.measured(HD, listed).milliFramesPerSecond()).isEqualTo(30_000);
    }

    @Test
    void codecsAreAllThatOccurOnce() {
        List<WindowOutcome> listed =
                List.of(
                        segment(0, 2, 1000, "avc1.64001f", 50),
                        segment(1, 2, 1000, "avc1.64001f,mp4a.40.2", 50));
        assertThat(Variant.measured(HD, listed).codecs())
                .containsExactly("avc1.64001f", "mp4a.40.2");
    }

    @Test
    void nothingCannotBeMeasured() {
        assertThatThrownBy(() -> Variant.measured(HD, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Segment segment(
            long window, double seconds, long sizeBytes, String codecs, int frames) {
        long ticks = Math.round(seconds * 90_000);
        return new Segment(
                window, 0, window * ticks, ticks, "key", "d1", sizeBytes, codecs, frames, null);
    }
}
