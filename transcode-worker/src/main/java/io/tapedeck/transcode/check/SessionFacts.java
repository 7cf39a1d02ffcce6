package io.tapedeck.transcode.check;

import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a finished session.
///
/// @param renditions that viewers are shown, best first
/// @param gaps of the recording
/// @param file the newest MP4; null while there is none
record SessionFacts(List<RenditionFacts> renditions, List<Gap> gaps, @Nullable FileFacts file) {

    /// What an MP4 says of itself.
    ///
    /// @param rendition it is made of
    /// @param generation of that rendition
    /// @param soundFrames AAC frames
    record FileFacts(
            String rendition, int generation, long durationTicks, long pictures, long soundFrames) {

        /// @param index empty where the file has none: then nothing is in it
        static FileFacts of(String rendition, int generation, Optional<Mp4Reader.Index> index) {
            var found = index.orElse(Mp4Reader.Index.EMPTY);
            return new FileFacts(
                    rendition,
                    generation,
                    found.durationTicks(),
                    found.pictures(),
                    found.soundFrames());
        }
    }

    /// Name of the best encoded rendition of a generation, which files are made of.
    Optional<String> best(int generation) {
        return renditions.stream()
                .filter(rendition -> !rendition.copied() && rendition.generation() == generation)
                .map(RenditionFacts::name)
                .findFirst();
    }
}
