package io.tapedeck.transcode.check;

import io.tapedeck.transcode.check.SegmentFacts.Made;
import io.tapedeck.transcode.check.SessionFacts.FileFacts;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Adds to what rows say what the store says.
final class StoredFacts {

    private StoredFacts() {}

    /// @param sizes of the session's objects by their keys, in bytes
    static SessionFacts add(SessionFacts rows, Map<String, Long> sizes, @Nullable FileFacts file) {
        List<RenditionFacts> renditions =
                rows.renditions().stream()
                        .map(rendition ->
                                rendition.with(
                                        rendition.segments().stream()
                                                .map(segment -> stored(segment, sizes))
                                                .toList()))
                        .toList();
        return new SessionFacts(renditions, rows.gaps(), file);
    }

    private static SegmentFacts stored(SegmentFacts segment, Map<String, Long> sizes) {
        Made made = segment.made();
        if (made == null) {
            return segment;
        }
        Long size = sizes.get(made.objectKey());
        return segment.with(made.with(size == null ? OptionalLong.empty() : OptionalLong.of(size)));
    }
}
