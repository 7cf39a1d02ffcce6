/// Recordings in containers that cannot be planned while they come, made into one that can.
@NullMarked
package io.tapedeck.ffmpeg.convert;

import org.jspecify.annotations.NullMarked;
