package io.tapedeck.playback.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tapedeck.transcode.contract.TaskState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A session as whoever has its link sees it.
///
/// @param title possibly empty
/// @param mimeType what the client said it sends
/// @param durationMillis how much of it can be played now
/// @param safeUntilMillis how much of it cannot be lost any more: media time that the planner has
///   found, without a hole in the bytes before it, in chunks that are durable
/// @param bytes stored
/// @param chunks stored
/// @param renditions that can be played, best first
/// @param gaps media time that is known to be missing, by start
/// @param exports files asked for or made
/// @param posterUrl one picture of it, once there is one
/// @param storyboardUrl small pictures of all of it as WebVTT, once it is complete
/// @param downloadUrl the MP4 as a download, once there is one
/// @param sourceUrl the bytes as they came
/// @param processing while the state is `completing`
/// @param failure what went wrong, if something did; with the state `failed` always
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionView(
        String id,
        String title,
        String mimeType,
        boolean live,
        SessionState state,
        Instant createdAt,
        long durationMillis,
        long safeUntilMillis,
        long bytes,
        long chunks,
        List<RenditionView> renditions,
        List<GapView> gaps,
        List<ExportView> exports,
        String playlistUrl,
        String watchUrl,
        String sourceUrl,
        @Nullable String posterUrl,
        @Nullable String storyboardUrl,
        @Nullable String downloadUrl,
        @Nullable Processing processing,
        Outlook.@Nullable Problem failure) {

    /// A quality.
    ///
    /// @param widthPixels absent without pictures
    /// @param durationMillis how much of it can be played now
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RenditionView(
            String name,
            @Nullable Integer widthPixels,
            @Nullable Integer heightPixels,
            long durationMillis,
            String playlistUrl) {}

    /// Time that is known to be missing.
    ///
    /// @param reason for people
    public record GapView(long startMillis, long durationMillis, String reason) {}

    /// A file made of the session.
    ///
    /// @param url once succeeded
    /// @param error once failed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ExportView(
            String taskId,
            String format,
            TaskState state,
            double progress,
            @Nullable String url,
            @Nullable Long bytes,
            @Nullable String error) {}

    /// A page of sessions, newest first.
    ///
    /// @param next where the following page starts, absent on the last one
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(List<SessionView> sessions, @Nullable String next) {}
}
