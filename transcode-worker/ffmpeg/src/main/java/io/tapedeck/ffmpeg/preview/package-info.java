/// Still pictures made of rendered segments.
@NullMarked
package io.tapedeck.ffmpeg.preview;

import org.jspecify.annotations.NullMarked;
