package io.tapedeck.ingest.frames;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The client, as a connection sees it. Thread-safe, but for [#next].
interface FramesPeer {

    /// What happens next.
    sealed interface Happening {}

    /// A message.
    ///
    /// @param utf8 as it came
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Text(byte[] utf8, Arrival arrival) implements Happening {}

    /// A message that is no text.
    record NotText() implements Happening {}

    /// A message that was too large to be kept.
    record TooLarge() implements Happening {}

    /// A recording that it wanted to hear is over, and it has been told.
    ///
    /// @param broken whether there is more of it, which cannot be read
    record PlaybackEnded(boolean broken) implements Happening {}

    /// It is gone, or this process is going.
    record Left() implements Happening {}

    /// Waits for what happens next. While nobody waits here, no more is read than is at hand.
    ///
    /// @return null when nothing happened in time
    @Nullable Happening next(Duration patience) throws InterruptedException;

    /// Has [#next] return this, behind what is at hand.
    void post(Happening happening);

    /// Sends a message and waits until it is on its way.
    ///
    /// @throws IOException the client is gone, or takes nothing any more
    void send(String json) throws IOException, InterruptedException;

    /// Closes the connection.
    ///
    /// @param status RFC 6455 §7.4.1
    void close(int status, String reason);
}
