package io.tapedeck.timeline;

/// The bytes are in order, but hold a container or codec that cannot be rendered.
public final class UnsupportedMediaException extends MediaException {

    private static final long serialVersionUID = 1L;

    public UnsupportedMediaException(String message) {
        super(message);
    }
}
