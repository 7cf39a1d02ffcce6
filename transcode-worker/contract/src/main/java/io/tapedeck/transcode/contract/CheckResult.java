package io.tapedeck.transcode.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How a check of a finished session came out.
public enum CheckResult {
    @JsonProperty("passed")
    PASSED,
    @JsonProperty("failed")
    FAILED,
    /// There is nothing of the kind in this session.
    @JsonProperty("not-applicable")
    NOT_APPLICABLE
}
