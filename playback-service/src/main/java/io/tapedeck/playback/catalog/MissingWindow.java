package io.tapedeck.playback.catalog;

import io.tapedeck.transcode.contract.TranscodeEvent;
import java.util.List;
import java.util.stream.Stream;

/// A window that could not be rendered, in one rendering of one rendition.
record MissingWindow(String rendition, int generation, TranscodeEvent.Gap gap) {

    /// What viewers miss: time that a shown rendition has not. What only the recording as it came
    /// lacks, others show.
    ///
    /// @param shown one generation of each rendition
    static Stream<TranscodeEvent.Gap> from(
            List<MissingWindow> missing, List<RenditionProgress> shown) {
        List<RenditionProgress> encoded = shown.stream().filter(one -> !one.copied()).toList();
        List<RenditionProgress> judged = encoded.isEmpty() ? shown : encoded;
        return missing.stream().filter(window -> window.isOf(judged)).map(MissingWindow::gap);
    }

    private boolean isOf(List<RenditionProgress> renditions) {
        return renditions.stream()
                .anyMatch(one -> one.name().equals(rendition) && one.generation() == generation);
    }
}
