package io.tapedeck.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaylistTest {

    @Test
    void readsWhatAPlaylistLists() {
        var playlist =
                Playlist.parse(
                        URI.create("http://host/hls/s/480p/index.m3u8"),
                        """
                        #EXTM3U
                        #EXT-X-TARGETDURATION:2
                        #EXTINF:2.0,
                        0-aa.ts
                        #EXT-X-DISCONTINUITY
                        #EXT-X-GAP
                        #EXTINF:1.25,title
                        http://cdn/1-bb.ts
                        #EXT-X-ENDLIST
                        """);

        assertThat(playlist)
                .isEqualTo(
                        new Playlist(
                                List.of(
                                        new Playlist.Entry(
                                                URI.create("http://host/hls/s/480p/0-aa.ts"),
                                                2.0,
                                                false,
                                                false),
                                        new Playlist.Entry(
                                                URI.create("http://cdn/1-bb.ts"),
                                                1.25,
                                                true,
                                                true)),
                                2,
                                true));
    }

    @Test
    void aLivePlaylistHasNotEnded() {
        assertThat(Playlist.parse(URI.create("http://host/"), "#EXTM3U\n").ended()).isFalse();
    }
}
