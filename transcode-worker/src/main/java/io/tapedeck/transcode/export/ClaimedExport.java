package io.tapedeck.transcode.export;

import java.util.List;

/// A task that was started, and what its file is made of.
///
/// @param segments the rendered ones, in order
record ClaimedExport(Task task, List<Source> segments) {

    /// @param sizeBytes size of the object
    record Source(String objectKey, long sizeBytes) {}

    ClaimedExport {
        segments = List.copyOf(segments);
    }
}
