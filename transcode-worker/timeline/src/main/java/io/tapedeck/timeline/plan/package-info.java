/// From the bytes of a run to its windows, and from a window back to its frames.
@NullMarked
package io.tapedeck.timeline.plan;

import org.jspecify.annotations.NullMarked;
