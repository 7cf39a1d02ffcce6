package io.tapedeck.playback.catalog;

import io.tapedeck.transcode.contract.TranscodeEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/// A row of `planned_part`: windows in a row that are going to be rendered.
@Entity
@Table(name = "planned_part")
class PlannedPartEntity {

    /// Which windows of which cut.
    @Embeddable
    record Key(
            @Column(name = "session_id") String sessionId,
            int plan,
            String cut,
            @Column(name = "first_window") long firstWindow) {}

    private static final long NANOS_PER_NINE_TICKS = 100_000;

    @EmbeddedId Key key = new Key("", 0, "", 0);

    @Column(name = "window_count")
    int windowCount;

    @Column(name = "duration_ticks")
    long durationTicks;

    @JdbcTypeCode(SqlTypes.JSON)
    List<TranscodeEvent.Span> spans = List.of();

    static PlannedPartEntity of(Key key, TranscodeEvent.WindowsPlanned event) {
        var row = new PlannedPartEntity();
        row.key = key;
        row.spans = event.spans();
        for (TranscodeEvent.Span span : event.spans()) {
            row.windowCount += span.durationsTicks().size();
            row.durationTicks += span.durationsTicks().stream().mapToLong(Long::longValue).sum();
        }
        return row;
    }

    /// In order.
    List<PlannedWindow> windows() {
        var windows = new ArrayList<PlannedWindow>();
        for (TranscodeEvent.Span span : spans) {
            long startTicks = span.startTicks();
            for (long durationTicks : span.durationsTicks()) {
                windows.add(
                        new PlannedWindow(
                                key.firstWindow() + windows.size(),
                                span.run(),
                                startTicks,
                                durationTicks,
                                span.recordedAt() == null
                                        ? null
                                        : later(
                                                span.recordedAt(),
                                                startTicks - span.startTicks())));
                startTicks += durationTicks;
            }
        }
        return windows;
    }

    private static Instant later(Instant at, long ticks) {
        return at.plusNanos(ticks * NANOS_PER_NINE_TICKS / 9);
    }
}
