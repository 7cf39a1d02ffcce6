/// What every container parser offers, and how it writes down where it is. A new container is a new
/// [StreamParser]; nothing behind it changes.
@NullMarked
package io.tapedeck.timeline.stream;

import org.jspecify.annotations.NullMarked;
