/// Bytes out of the object store: segments, recordings, sources; ranges and caching.
@NullMarked
package io.tapedeck.playback.delivery;

import org.jspecify.annotations.NullMarked;
