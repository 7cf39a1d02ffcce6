/// ffmpeg as a guest: found, started without a shell, fed, bounded in time, output and messages,
/// and always gone when the call returns.
@NullMarked
package io.tapedeck.ffmpeg.process;

import org.jspecify.annotations.NullMarked;
