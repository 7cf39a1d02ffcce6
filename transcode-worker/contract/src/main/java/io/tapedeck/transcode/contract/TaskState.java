package io.tapedeck.transcode.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The life of a task: queued, running, then one of three ends. Cancelled and failed ones may be
/// queued again.
public enum TaskState {
    @JsonProperty("queued")
    QUEUED,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("succeeded")
    SUCCEEDED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED;

    /// Whether nothing happens any more unless somebody asks for a retry.
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
