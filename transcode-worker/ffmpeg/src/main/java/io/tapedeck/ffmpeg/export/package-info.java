/// Files made of rendered segments.
@NullMarked
package io.tapedeck.ffmpeg.export;

import org.jspecify.annotations.NullMarked;
