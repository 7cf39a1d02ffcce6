/// Where frames really are in time: containers round, repeat and jump; these clocks do not. Pure.
@NullMarked
package io.tapedeck.timeline.clock;

import org.jspecify.annotations.NullMarked;
