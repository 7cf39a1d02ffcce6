/// The chunk log: bytes come in, are digested on the way to the store, and count when their row is
/// committed.
///
/// Each attempt at a chunk has an object of its own, so attempts never touch each other's bytes;
/// the row selects one. Objects that no row selects are deleted by whoever notices, at the latest
/// by the sweeper.
@NullMarked
package io.tapedeck.ingest.chunk;

import org.jspecify.annotations.NullMarked;
