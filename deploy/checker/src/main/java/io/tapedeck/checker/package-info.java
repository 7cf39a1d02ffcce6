/// Judges segments and an MP4 against the recordings they were made of, by decoding both with
/// ffmpeg. It shares no code with what it judges, so that a misunderstanding is not made twice.
@NullMarked
package io.tapedeck.checker;

import org.jspecify.annotations.NullMarked;
