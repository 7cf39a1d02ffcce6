package io.tapedeck.transcode.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// A wake-up call from one worker to any worker. The row it names is the truth: a job whose row is
/// done is dropped, a job that got lost is sent again by the reconciler.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TranscodeJob.Render.class, name = "render"),
    @JsonSubTypes.Type(value = TranscodeJob.Export.class, name = "export"),
    @JsonSubTypes.Type(value = TranscodeJob.Convert.class, name = "convert"),
})
public sealed interface TranscodeJob {

    String sessionId();

    /// Render a window in every rendition in which it is due, and neighbours that are due as well.
    ///
    /// @param plan number of the plan that the window is of, from 1
    /// @param cut the cut of the timeline that it is of, `grid` or `source`
    record Render(String sessionId, int plan, String cut, long window) implements TranscodeJob {}

    /// Run an export task.
    record Export(String sessionId, String taskId) implements TranscodeJob {}

    /// Convert a run that cannot be planned as it came.
    ///
    /// @param run announced run
    record Convert(String sessionId, int run) implements TranscodeJob {}
}
