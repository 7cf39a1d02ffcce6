/// Windows that somebody waits for: their requests are held, and the workers asked for them.
@NullMarked
package io.tapedeck.playback.demand;

import org.jspecify.annotations.NullMarked;
