package io.tapedeck.transcode.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What others may ask of the worker, on [TranscodeTopics#COMMANDS], as JSON with the discriminator
/// `type`. Doing one twice changes nothing.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TranscodeCommand.Export.class, name = "export"),
    @JsonSubTypes.Type(value = TranscodeCommand.Render.class, name = "render"),
    @JsonSubTypes.Type(value = TranscodeCommand.CancelTask.class, name = "cancel-task"),
    @JsonSubTypes.Type(value = TranscodeCommand.RetryTask.class, name = "retry-task"),
    @JsonSubTypes.Type(value = TranscodeCommand.Want.class, name = "want"),
    @JsonSubTypes.Type(value = TranscodeCommand.CancelProcessing.class, name = "cancel-processing"),
})
public sealed interface TranscodeCommand {

    String sessionId();

    Instant at();

    /// Something about a task, by whose id it is idempotent.
    sealed interface OfTask extends TranscodeCommand {

        String taskId();
    }

    /// Render a window now, because somebody waits for it, and those behind it next. Nothing is
    /// answered but the segment's own event; a window that is rendered, or being rendered, stays as
    /// it is.
    ///
    /// @param window number of the window in the rendition, from 0
    record Want(String sessionId, Instant at, String rendition, int generation, long window)
            implements TranscodeCommand {}

    /// Make no more qualities of a session than the one that it is watched in meanwhile. What is
    /// whole stays; the others are withdrawn, each with its event. What would have to be converted
    /// before it could be watched is not, and a session of nothing else has failed.
    record CancelProcessing(String sessionId, Instant at) implements TranscodeCommand {}

    /// Make a file of the session. Answered with a [TranscodeEvent.TaskChanged] whether the task is
    /// new, at work or done long ago.
    ///
    /// @param taskId must be what [ExportTaskId] says for session, format and generation; a task
    ///   under another id fails at once
    /// @param format `mp4`
    /// @param generation of the best rendition, from 1, as whoever asks knows it. If another plan
    ///   takes its place before the file is made, the file is made of that. Null in messages from
    ///   before it was sent: then it follows from the id
    record Export(
            String sessionId,
            String taskId,
            Instant at,
            String format,
            @Nullable Integer generation)
            implements OfTask {
        public Export {
            if (generation != null && generation < 1) {
                throw new IllegalArgumentException("generation: " + generation);
            }
        }
    }

    /// Make renditions from the chunk log: new ones, or those there are once more, as another
    /// generation that viewers get when it is whole.
    ///
    /// @param taskId chosen by whoever asks, anew for each wish
    /// @param renditions names such as `480p`; empty for all there are
    record Render(String sessionId, String taskId, Instant at, List<String> renditions)
            implements OfTask {
        public Render {
            renditions = List.copyOf(renditions);
        }
    }

    /// Stop a task that is queued or running.
    record CancelTask(String sessionId, String taskId, Instant at) implements OfTask {}

    /// Queue a failed or cancelled task again.
    record RetryTask(String sessionId, String taskId, Instant at) implements OfTask {}
}
