package io.tapedeck.playback.preview;

import io.tapedeck.transcode.contract.TranscodeEvent.Picture;
import io.tapedeck.transcode.contract.TranscodeEvent.Storyboard;
import java.util.List;
import java.util.Locale;

/// Writes a storyboard as players read it: WebVTT (https://www.w3.org/TR/webvtt1) whose cues are
/// places on pictures, as media fragments (https://www.w3.org/TR/media-frags §4.2.2).
public final class StoryboardTrack {

    private static final long TICKS_PER_MILLI = 90;

    private StoryboardTrack() {}

    /// @return with the addresses of sheets relative to its own
    public static String render(Storyboard storyboard) {
        List<Long> starts = storyboard.startTicks();
        var text = new StringBuilder(20 + 80 * starts.size()).append("WEBVTT\n");
        for (int tile = 0; tile < starts.size(); tile++) {
            boolean last = tile + 1 == starts.size();
            long end = last ? storyboard.endTicks() : starts.get(tile + 1);
            text.append('\n').append(time(starts.get(tile))).append(" --> ").append(time(end));
            text.append('\n').append(place(storyboard, tile)).append('\n');
        }
        return text.toString();
    }

    private static String place(Storyboard storyboard, int tile) {
        int perSheet = storyboard.columns() * storyboard.rows();
        Picture sheet = storyboard.sheets().get(tile / perSheet);
        int column = tile % perSheet % storyboard.columns();
        int row = tile % perSheet / storyboard.columns();
        return "%s#xywh=%d,%d,%d,%d"
                .formatted(
                        Preview.file(sheet),
                        column * storyboard.tileWidthPixels(),
                        row * storyboard.tileHeightPixels(),
                        storyboard.tileWidthPixels(),
                        storyboard.tileHeightPixels());
    }

    private static String time(long ticks) {
        long millis = ticks / TICKS_PER_MILLI;
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }
}
