package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;

/// A [FeedException] on its way through code that knows only I/O.
final class FeedIoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final FeedException reason;

    FeedIoException(FeedException reason) {
        super(reason.detail());
        this.reason = reason;
    }

    FeedException reason() {
        return reason;
    }
}
