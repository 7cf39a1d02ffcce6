package io.tapedeck.transcode.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// A wake-up call from one worker to any worker. The row it names is the truth: a job whose row is
/// done is dropped, a job that got lost is sent again by the reconciler.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TranscodeJob.Render.class, name = "render"),
    @JsonSubTypes.Type(value = TranscodeJob.Export.class, name = "export"),
})
public sealed interface TranscodeJob {

    String sessionId();

    /// Render one window of one rendition.
    record Render(String sessionId, String rendition, int generation, long window)
            implements TranscodeJob {}

    /// Run an export task.
    record Export(String sessionId, String taskId) implements TranscodeJob {}
}
