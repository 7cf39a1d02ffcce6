/// What stands in the headers of codecs, whichever container carries them. Pure.
@NullMarked
package io.tapedeck.timeline.codec;

import org.jspecify.annotations.NullMarked;
