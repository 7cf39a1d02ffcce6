/// What cameras speak, turned into the bytes of a container.
///
/// [FeedsProducer] makes them. A [PulledFeed] reads on a thread of its own, so that it can be
/// stopped at once wherever it waits, and hands on what comes on its caller's. Pictures over HTTP
/// are written down by [MjpegRun]; what comes in another container goes through an ffmpeg that only
/// copies and never opens an address ([CopyProcess]). Nothing connects but through
/// [CheckedSockets]: what counts is the address that a connection really goes to.
@NullMarked
package io.tapedeck.ingest.feed;

import org.jspecify.annotations.NullMarked;
