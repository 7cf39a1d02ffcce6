/// Writes the only container that ffmpeg ever gets to read when it renders.
@NullMarked
package io.tapedeck.ffmpeg.matroska;

import org.jspecify.annotations.NullMarked;
