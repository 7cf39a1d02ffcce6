/// Container bytes in; an index of time to bytes, and windows, out. Knows no framework, no file and
/// no network. Times are ticks of 1/90000 s (see [Ticks]).
@NullMarked
package io.tapedeck.timeline;

import org.jspecify.annotations.NullMarked;
