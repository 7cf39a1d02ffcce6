package io.tapedeck.playback.catalog;

import io.tapedeck.transcode.contract.TranscodeEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row of `segment`: a rendered window, or a gap.
@Entity
@Table(name = "segment")
class SegmentEntity {

    /// Which window of which rendering.
    @Embeddable
    record Key(
            @Column(name = "session_id") String sessionId,
            String rendition,
            int generation,
            @Column(name = "window_index") long window) {}

    @EmbeddedId Key key = new Key("", "", 0, 0);

    int run;

    @Column(name = "start_ticks")
    long startTicks;

    @Column(name = "duration_ticks")
    long durationTicks;

    @Column(name = "object_key")
    @Nullable String objectKey;

    @Nullable String digest;

    @Column(name = "size_bytes")
    @Nullable Long sizeBytes;

    @Nullable String codecs;

    @Nullable Integer frames;

    @Column(name = "gap_reason")
    @Nullable String gapReason;

    @Column(name = "recorded_at")
    @Nullable Instant recordedAt;

    static SegmentEntity of(Key key, WindowOutcome outcome) {
        var row = new SegmentEntity();
        row.key = key;
        row.run = outcome.run();
        row.startTicks = outcome.startTicks();
        row.durationTicks = outcome.durationTicks();
        row.recordedAt = outcome.recordedAt();
        switch (outcome) {
            case WindowOutcome.Segment segment -> {
                row.objectKey = segment.objectKey();
                row.digest = segment.digest();
                row.sizeBytes = segment.sizeBytes();
                row.codecs = segment.codecs();
                row.frames = segment.frames();
            }
            case WindowOutcome.Missing missing -> row.gapReason = missing.reason();
        }
        return row;
    }

    WindowOutcome outcome() {
        return gapReason == null
                ? segment()
                : new WindowOutcome.Missing(
                        key.window(), run, startTicks, durationTicks, gapReason, recordedAt);
    }

    /// Of a row that is no gap, which then has all columns.
    WindowOutcome.Segment segment() {
        return new WindowOutcome.Segment(
                key.window(),
                run,
                startTicks,
                durationTicks,
                Objects.requireNonNull(objectKey),
                Objects.requireNonNull(digest),
                Objects.requireNonNull(sizeBytes),
                Objects.requireNonNull(codecs),
                Objects.requireNonNull(frames),
                recordedAt);
    }

    /// Of a row that is a gap.
    MissingWindow missing() {
        return new MissingWindow(
                key.rendition(),
                key.generation(),
                new TranscodeEvent.Gap(
                        startTicks, durationTicks, Objects.requireNonNull(gapReason)));
    }
}
