package io.tapedeck.timeline;

/// Bytes that no windows can be made of. The message is for the person who sent them: what is wrong
/// and, where there is one, what to do. Whatever was planned before stays good.
public abstract sealed class MediaException extends Exception
        permits ForeignContainerException,
                MalformedStreamException,
                UnsupportedMediaException,
                WindowTooLargeException {

    private static final long serialVersionUID = 1L;

    MediaException(String message) {
        super(message);
    }
}
