/// From a due window to a segment in the store.
///
/// The row is claimed, the window's bytes are read out of the chunks they lie in, ffmpeg runs, the
/// segment is put under a key that carries its digest, and one transaction settles the row and
/// tells the world. The first result wins.
@NullMarked
package io.tapedeck.transcode.render;

import org.jspecify.annotations.NullMarked;
