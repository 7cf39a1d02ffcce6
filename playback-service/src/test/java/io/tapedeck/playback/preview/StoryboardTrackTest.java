package io.tapedeck.playback.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.transcode.contract.TranscodeEvent.Picture;
import io.tapedeck.transcode.contract.TranscodeEvent.Storyboard;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StoryboardTrackTest {

    private static final long HOUR = 3600 * 90_000L;

    @Test
    void eachTileLastsUntilTheNextOne() {
        var storyboard = storyboard(List.of(0L, 180_000L, HOUR + 45_000), HOUR + 135_000);

        assertThat(StoryboardTrack.render(storyboard))
                .isEqualTo(
                        """
                        WEBVTT

                        00:00:00.000 --> 00:00:02.000
                        storyboard-0a.jpg#xywh=0,0,160,90

                        00:00:02.000 --> 01:00:00.500
                        storyboard-0a.jpg#xywh=160,0,160,90

                        01:00:00.500 --> 01:00:01.500
                        storyboard-0a.jpg#xywh=0,90,160,90
                        """);
    }

    @Test
    void goesOnOnTheNextSheet() {
        List<Long> starts = LongStream.range(0, 5).map(i -> i * 180_000).boxed().toList();

        assertThat(StoryboardTrack.render(storyboard(starts, 900_000)))
                .contains("storyboard-0a.jpg#xywh=160,90,160,90")
                .endsWith("00:00:08.000 --> 00:00:10.000\nstoryboard-0b.jpg#xywh=0,0,160,90\n");
    }

    private static Storyboard storyboard(List<Long> startTicks, long endTicks) {
        return new Storyboard(
                List.of(
                        new Picture("media/s/previews/storyboard-0a.jpg", 1, 320, 180),
                        new Picture("media/s/previews/storyboard-0b.jpg", 1, 320, 90)),
                160,
                90,
                2,
                2,
                startTicks,
                endTicks);
    }
}
