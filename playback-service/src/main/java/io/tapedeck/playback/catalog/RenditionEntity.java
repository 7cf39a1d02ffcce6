package io.tapedeck.playback.catalog;

import io.tapedeck.playback.catalog.RenditionProgress.Announcement;
import io.tapedeck.playback.catalog.RenditionProgress.Layout;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
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

    RenditionProgress progress() {
        return new RenditionProgress(
                key.name(),
                key.generation(),
                announcement(),
                listedWindows,
                listedSegments,
                listedTicks,
                windowCount,
                withdrawn);
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
