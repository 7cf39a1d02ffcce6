/// The pure function `window and rendition → segment`, performed by one ffmpeg run.
@NullMarked
package io.tapedeck.ffmpeg.segment;

import org.jspecify.annotations.NullMarked;
