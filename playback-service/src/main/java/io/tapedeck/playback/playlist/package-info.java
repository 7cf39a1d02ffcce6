/// HLS playlists (draft-pantos-hls-rfc8216bis), written from the read model.
@NullMarked
package io.tapedeck.playback.playlist;

import org.jspecify.annotations.NullMarked;
