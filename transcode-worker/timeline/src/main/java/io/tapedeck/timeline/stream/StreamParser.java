package io.tapedeck.timeline.stream;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads one container's structure out of a byte stream that arrives in arbitrary pieces.
///
/// Memory does not grow with the stream. Whatever the bytes are, the only failure is a
/// [MediaException]; after one the parser is of no further use. Not thread-safe.
public interface StreamParser {

    /// Bytes of the run taken so far.
    long position();

    /// What the present stream consists of, once its header has come.
    Optional<Tracks> tracks();

    /// Takes all of `bytes` and tells the sink what is in them, as soon as it is complete.
    void feed(ByteBuffer bytes, StreamSink sink) throws MediaException;

    /// Tells the sink what is complete, but was held back to be told in the order of time: no more
    /// bytes follow upon the last ones.
    void flush(StreamSink sink) throws MediaException;

    /// Takes note that the bytes up to `position` are lost, and delivers nothing more until the
    /// next point where reading can begin again: that of the present stream, or of another one.
    ///
    /// @param position may be the present one, when nobody knows how much is lost
    /// @throws IllegalStateException when there are no [#tracks] yet: then nothing can be read
    void skipTo(long position);

    /// Everything, at any byte. Not for a parser that collects payloads.
    void save(StateOutput out);

    /// What every place of the present stream shares: tracks and time scale.
    byte[] header();

    /// Where the block that is just being delivered begins: together with [#header] and
    /// [Block#startBytes] (or an [#excerpt]) enough to deliver it again.
    byte[] place();

    /// What it takes to deliver all blocks from a place up to the present one again, where the
    /// bytes at [Block#startBytes] do not say what they are.
    default Optional<Excerpt> excerpt(byte[] place) {
        return Optional.empty();
    }

    /// Takes note that no [#excerpt] will be asked for of a place before this one.
    default void forgetBefore(byte[] place) {}
}
