package io.tapedeck.playback.catalog;

import io.tapedeck.playback.catalog.RenditionProgress.Announcement;
import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `rendition`.
@Entity
@Table(name = "rendition")
class RenditionEntity {

    /// Which one.
    @Embeddable
    record Key(@Column(name = "session_id") String sessionId, String name, int generation) {}

    @EmbeddedId Key key = new Key("", "", 0);

    @Column(name = "width_pixels")
    @Nullable Integer widthPixels;

    @Column(name = "height_pixels")
    @Nullable Integer heightPixels;

    @Column(name = "target_duration_seconds")
    @Nullable Integer targetDurationSeconds;

    @Column(name = "listed_windows")
    long listedWindows;

    @Column(name = "listed_segments")
    long listedSegments;

    @Column(name = "listed_ticks")
    long listedTicks;

    @Column(name = "window_count")
    @Nullable Long windowCount;

    boolean withdrawn;

    int plan;

    boolean ordered;

    @Column(name = "planned_windows")
    long plannedWindows;

    @Column(name = "planned_ticks")
    long plannedTicks;

    @Column(name = "settled_windows")
    long settledWindows;

    @Column(name = "settled_segments")
    long settledSegments;

    @Column(name = "first_settled_at")
    @Nullable Instant firstSettledAt;

    @Column(name = "last_settled_at")
    @Nullable Instant lastSettledAt;

    @Column(name = "dropped_windows")
    long droppedWindows;

    @Column(name = "dropped_discontinuities")
    long droppedDiscontinuities;

    @Column(name = "dropped_ticks")
    long droppedTicks;

    RenditionProgress progress() {
        return new RenditionProgress(
                key.name(),
                key.generation(),
                announcement(),
                listedWindows,
                listedSegments,
                listedTicks,
                windowCount,
                withdrawn,
                new Foreseen(plannedWindows, plannedTicks),
                new Settled(settledWindows, settledSegments, firstSettledAt, lastSettledAt),
                new Dropped(droppedWindows, droppedDiscontinuities, droppedTicks));
    }

    void keep(RenditionProgress progress) {
        Layout layout = progress.layout();
        widthPixels = layout == null ? null : layout.widthPixels();
        heightPixels = layout == null ? null : layout.heightPixels();
        targetDurationSeconds = layout == null ? null : layout.targetDurationSeconds();
        listedWindows = progress.listedWindows();
        listedSegments = progress.listedSegments();
        listedTicks = progress.listedTicks();
        windowCount = progress.windowCount();
        withdrawn = progress.withdrawn();
        plannedWindows = progress.foreseen().windows();
        plannedTicks = progress.foreseen().ticks();
        settledWindows = progress.settled().windows();
        settledSegments = progress.settled().segments();
        firstSettledAt = progress.settled().first();
        lastSettledAt = progress.settled().last();
        droppedWindows = progress.dropped().windows();
        droppedDiscontinuities = progress.dropped().discontinuities();
        droppedTicks = progress.dropped().ticks();
        Announcement announcement = progress.announcement();
        plan = announcement == null ? 1 : announcement.plan();
        ordered = announcement != null && announcement.ordered();
    }

    private @Nullable Announcement announcement() {
        return widthPixels == null || heightPixels == null || targetDurationSeconds == null
                ? null
                : new Announcement(
                        new Layout(widthPixels, heightPixels, targetDurationSeconds),
                        plan,
                        ordered);
    }
}
