/// The history of sessions without end: which windows their playlists list no more, and when what
/// was made of these goes.
@NullMarked
package io.tapedeck.transcode.history;

import org.jspecify.annotations.NullMarked;
