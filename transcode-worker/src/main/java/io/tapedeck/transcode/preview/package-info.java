/// Pictures that say what a session is about: its poster, and its storyboard for scrubbing.
///
/// They are made of the first pictures of rendered segments, which need no other to be decoded, so
/// that those of three hours cost little more than those of three minutes.
@NullMarked
package io.tapedeck.transcode.preview;

import org.jspecify.annotations.NullMarked;
