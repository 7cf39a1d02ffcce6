package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import io.tapedeck.transcode.contract.TranscodeEvent.Span;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlannedSpansTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void neighboursAreOneSpanAndAHoleOrAnotherStretchBeginsAnother() {
        List<Span> spans =
                PlannedSpans.spans(
                        List.of(
                                planned(0, 0, 0, 180_000),
                                planned(1, 0, 180_000, 270_000),
                                planned(2, 0, 450_000, 630_000),
                                planned(3, 1, 630_000, 640_000)));

        assertThat(spans)
                .containsExactly(
                        new Span(0, 0, AT, List.of(180_000L, 90_000L)),
                        new Span(0, 450_000, AT.plusSeconds(2), List.of(180_000L)),
                        new Span(1, 630_000, AT.plusSeconds(3), List.of(10_000L)));
    }

    private static PlannedWindow planned(int index, int stretch, long start, long end) {
        var source = new Window.ByteSpan(0, 1, new byte[0]);
        var window =
                new Window(Cut.GRID, index, 0, 0, start, end, false, OptionalLong.empty(), source);
        return new PlannedWindow(window, stretch, AT.plusSeconds(index));
    }
}
