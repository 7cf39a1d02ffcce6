package io.tapedeck.ingest.frames;

import io.tapedeck.ingest.matroska.JpegSize;
import io.tapedeck.ingest.matroska.Jpegs;

/// Messages with real pictures.
final class Pictures {

    private Pictures() {}

    static FramesMessage.Picture message(int number) {
        return new FramesMessage.Picture(Jpegs.of(64, 48, number), new JpegSize(64, 48));
    }
}
