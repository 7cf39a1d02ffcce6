package io.tapedeck.ingest.frames;

import io.tapedeck.ingest.matroska.JpegSize;
import org.jspecify.annotations.Nullable;

/// What a client says.
sealed interface FramesMessage {

    /// Who it is.
    ///
    /// @param clientId as it says; not empty
    record Connect(String clientId) implements FramesMessage {}

    /// One picture.
    ///
    /// @param jpeg whole
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Picture(byte[] jpeg, JpegSize size) implements FramesMessage {}

    /// Sound that goes on where the last one ended.
    ///
    /// @param pcm 44.1 kHz, one channel, 16 bit, little-endian; whole samples
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sound(byte[] pcm) implements FramesMessage {}

    /// Wants to hear a recording.
    ///
    /// @param recording its name; null for the usual one
    record PlaybackRequest(@Nullable String recording) implements FramesMessage {}

    /// Has nothing more to say.
    record Close() implements FramesMessage {}
}
