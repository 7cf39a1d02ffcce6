/// Pictures and sound that come as JSON messages over a WebSocket: JPEG frames at 15 a second, PCM
/// of 44.1 kHz, 16 bit, one channel.
///
/// About a second of them becomes a chunk of a session, as a Matroska stream that is written here;
/// so everything behind the log takes them for a recording. [FramesSocket] speaks HTTP and
/// WebSocket, [FramesConnection] is one client's life, [FramesRun] and its clocks say where on the
/// timeline things go.
@NullMarked
package io.tapedeck.ingest.frames;

import org.jspecify.annotations.NullMarked;
