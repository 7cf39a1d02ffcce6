/// Which renditions a session gets.
@NullMarked
package io.tapedeck.transcode.ladder;

import org.jspecify.annotations.NullMarked;
