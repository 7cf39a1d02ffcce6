/// Pictures that say what a session is about.
@NullMarked
package io.tapedeck.playback.preview;

import org.jspecify.annotations.NullMarked;
