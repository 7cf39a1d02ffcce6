package io.tapedeck.playback.catalog;

import io.tapedeck.playback.catalog.SessionStory.Capture;
import io.tapedeck.playback.catalog.SessionStory.ChunkLog;
import io.tapedeck.playback.catalog.SessionStory.Converting;
import io.tapedeck.playback.catalog.SessionStory.Failure;
import io.tapedeck.playback.catalog.SessionStory.Opening;
import io.tapedeck.playback.catalog.SessionStory.Plan;
import io.tapedeck.playback.catalog.SessionStory.Rendered;
import io.tapedeck.playback.catalog.SessionStory.Visibility;
import io.tapedeck.transcode.contract.TranscodeEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/// A row of `session`; the migration says what each column is.
@Entity
@Table(name = "session")
@DynamicUpdate
class SessionEntity {

    @Id String id = "";

    @Nullable String title;

    @Column(name = "mime_type")
    @Nullable String mimeType;

    boolean live;

    @Column(name = "created_at")
    @Nullable Instant createdAt;

    String state = SessionState.RECORDING.word();

    @Enumerated(EnumType.STRING)
    @Column(name = "capture_phase")
    Capture.Phase capturePhase = Capture.Phase.RECORDING;

    @Column(name = "capture_sequence")
    long captureSequence;

    @Column(name = "chunk_count")
    long chunkCount;

    @Column(name = "missing_chunks")
    long missingChunks;

    @Column(name = "file_name")
    @Nullable String fileName;

    @Enumerated(EnumType.STRING)
    Visibility.Level visibility = Visibility.Level.VISIBLE;

    @Column(name = "visibility_sequence")
    long visibilitySequence;

    @Column(name = "stored_chunks")
    long storedChunks;

    @Column(name = "stored_bytes")
    long storedBytes;

    @Column(name = "plan_sequence")
    long planSequence;

    @Column(name = "planned_windows")
    long plannedWindows;

    @Column(name = "planned_ticks")
    long plannedTicks;

    @Column(name = "plan_complete")
    boolean planComplete;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "planned_gaps")
    List<TranscodeEvent.Gap> plannedGaps = List.of();

    @Column(name = "failure_sequence")
    @Nullable Long failureSequence;

    @Column(name = "failure_code")
    @Nullable String failureCode;

    @Column(name = "failure_message")
    @Nullable String failureMessage;

    @Column(name = "rendered_whole")
    boolean renderedWhole;

    @Column(name = "rendered_segments")
    long renderedSegments;

    @Column(name = "rendered_ticks")
    long renderedTicks;

    @Column(name = "history_seconds")
    long historySeconds;

    @Column(name = "history_sequence")
    long historySequence;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "history_starts")
    List<TranscodeEvent.Start> historyStarts = List.of();

    @Column(name = "converting_sequence")
    @Nullable Long convertingSequence;

    @Column(name = "converting_at")
    @Nullable Instant convertingAt;

    @Column(name = "converting_progress")
    double convertingProgress;

    @Column(name = "converting_remaining_millis")
    @Nullable Long convertingRemainingMillis;

    SessionStory story() {
        return new SessionStory(
                id,
                opening(),
                new Capture(capturePhase, captureSequence, chunkCount, missingChunks, fileName),
                new Visibility(visibility, visibilitySequence),
                new ChunkLog(storedChunks, storedBytes),
                new Plan(planSequence, plannedWindows, plannedTicks, planComplete, plannedGaps),
                failure(),
                new Rendered(renderedWhole, renderedSegments, renderedTicks),
                new SessionStory.History(historySequence, historyStarts),
                converting());
    }

    void keep(SessionStory story) {
        state = Outlook.of(story).state().word();
        Opening opening = story.opening();
        title = opening == null ? null : opening.title();
        mimeType = opening == null ? null : opening.mimeType();
        live = opening != null && opening.live();
        createdAt = opening == null ? null : opening.at();
        capturePhase = story.capture().phase();
        captureSequence = story.capture().sequence();
        chunkCount = story.capture().chunkCount();
        missingChunks = story.capture().missingChunks();
        fileName = story.capture().fileName();
        visibility = story.visibility().level();
        visibilitySequence = story.visibility().sequence();
        storedChunks = story.log().chunks();
        storedBytes = story.log().sizeBytes();
        planSequence = story.plan().sequence();
        plannedWindows = story.plan().windows();
        plannedTicks = story.plan().durationTicks();
        planComplete = story.plan().complete();
        plannedGaps = story.plan().gaps();
        Failure failure = story.failure();
        failureSequence = failure == null ? null : failure.sequence();
        failureCode = failure == null ? null : failure.code();
        failureMessage = failure == null ? null : failure.message();
        renderedWhole = story.rendered().whole();
        renderedSegments = story.rendered().segments();
        renderedTicks = story.rendered().ticks();
        historySeconds = opening == null ? 0 : opening.historySeconds();
        historySequence = story.history().sequence();
        historyStarts = story.history().starts();
        Converting converting = story.converting();
        convertingSequence = converting == null ? null : converting.sequence();
        convertingAt = converting == null ? null : converting.at();
        convertingProgress = converting == null ? 0 : converting.progress();
        convertingRemainingMillis = converting == null ? null : converting.remainingMillis();
    }

    private @Nullable Opening opening() {
        return title == null || mimeType == null || createdAt == null
                ? null
                : new Opening(title, mimeType, live, createdAt, historySeconds);
    }

    private @Nullable Converting converting() {
        return convertingSequence == null || convertingAt == null
                ? null
                : new Converting(
                        convertingSequence,
                        convertingAt,
                        convertingProgress,
                        convertingRemainingMillis);
    }

    private @Nullable Failure failure() {
        return failureSequence == null || failureCode == null || failureMessage == null
                ? null
                : new Failure(failureSequence, failureCode, failureMessage);
    }
}
