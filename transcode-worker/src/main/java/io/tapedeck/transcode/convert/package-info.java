/// The way of everything that cannot be planned while it comes: a run is converted as a whole, when
/// its session is complete, and planned from what came out. The chunks stay as they are.
@NullMarked
package io.tapedeck.transcode.convert;

import org.jspecify.annotations.NullMarked;
