package io.tapedeck.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.ingest.feed.HlsPlaylist.Part;
import io.tapedeck.ingest.feed.HlsPlaylist.Range;
import io.tapedeck.ingest.feed.HlsPlaylist.Segment;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HlsPlaylistTest {

    private static final String LIVE =
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:4
            #EXT-X-MEDIA-SEQUENCE:41
            #EXT-X-MAP:URI="init.mp4",BYTERANGE="100@0"
            #EXTINF:3.9,title
            #EXT-X-BYTERANGE:1000@100
            a.mp4
            #EXTINF:4,
            #EXT-X-BYTERANGE:500
            a.mp4
            #EXT-X-DISCONTINUITY
            #EXTINF:4,
            #EXT-X-GAP
            c.mp4
            """;

    @Test
    void readsWhatPullingNeeds() throws Exception {
        HlsPlaylist playlist = HlsPlaylist.parse("\uFEFF" + LIVE.replace("\n", "\r\n"));
        assertThat(playlist.target()).isEqualTo(Duration.ofSeconds(4));
        assertThat(playlist.ended()).isFalse();
        var header = Optional.of(new Part("init.mp4", Optional.of(new Range(0, 100))));
        assertThat(playlist.segments())
                .containsExactly(
                        segment(41, "a.mp4", new Range(100, 1000), header, false, false),
                        segment(42, "a.mp4", new Range(1100, 500), header, false, false),
                        segment(43, "c.mp4", null, header, true, true));
    }

    @Test
    void choosesTheVariantWithTheMostBits() throws Exception {
        HlsPlaylist master =
                HlsPlaylist.parse(
                        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=5,CODECS=\"a,b\"\nlow\n"
                                + "#EXT-X-STREAM-INF:BANDWIDTH=7\nhigh\n");
        assertThat(master.isMaster()).isTrue();
        assertThat(master.best().uri()).isEqualTo("high");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:99999999999999999999\n",
                "#EXTM3U\n#EXT-X-TARGETDURATION:-1\n",
                "#EXTM3U\n#EXT-X-BYTERANGE:x@y\na\n",
                "#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES\na\n"
            })
    void whatCannotBePulledIsRefused(String text) {
        assertThatExceptionOfType(FeedIoException.class)
                .isThrownBy(() -> HlsPlaylist.parse(text))
                .matches(e -> e.reason().code().equals("camera-not-understood"));
    }

    @Test
    void onlySoManySegments() {
        String text = "#EXTM3U\n" + "a\n".repeat(20_001);
        assertThatExceptionOfType(FeedIoException.class)
                .isThrownBy(() -> HlsPlaylist.parse(text))
                .withMessageContaining("too long");
    }

    @Test
    void whateverTheTextNothingElseHappens() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            var text = new StringBuilder(LIVE);
            for (int i = 0; i < 1 + random.nextInt(10); i++) {
                text.setCharAt(8 + random.nextInt(text.length() - 8), (char) random.nextInt(128));
            }
            try {
                assertThat(HlsPlaylist.parse(text.toString())).as("seed %d", seed).isNotNull();
            } catch (FeedIoException e) {
                assertThat(e.reason().code()).isEqualTo("camera-not-understood");
            }
        }
    }

    @Test
    void beginsWithTheNewestAndGoesOnBehindIt() throws Exception {
        HlsPosition position = HlsPosition.START;
        assertThat(position.due(live(10, 3), Duration.ZERO))
                .extracting(Segment::number)
                .containsExactly(12L);
        position = position.behind(live(10, 3).segments().getLast());
        assertThat(position.due(live(10, 3), Duration.ZERO)).isEmpty();
        assertThat(position.due(live(11, 3), Duration.ZERO))
                .extracting(Segment::number)
                .containsExactly(13L);
        assertThat(position.continues(live(11, 3).segments().getLast())).isTrue();
        // Some were gone before they could be asked for.
        assertThat(position.due(live(20, 2), Duration.ZERO))
                .extracting(Segment::number)
                .containsExactly(20L, 21L);
        assertThat(position.continues(live(20, 2).segments().getFirst())).isFalse();
        // The camera counts anew.
        assertThat(position.due(live(0, 2), Duration.ZERO))
                .extracting(Segment::number)
                .containsExactly(1L);
        assertThat(position.continues(live(0, 2).segments().getLast())).isFalse();
    }

    @Test
    void whatEndsALittleEarlierIsAnOldPlaylistAndNoRestart() throws Exception {
        HlsPosition position = HlsPosition.START.behind(live(10, 3).segments().getLast());
        Duration target = live(0, 1).target();
        assertThat(position.due(live(9, 3), Duration.ZERO)).isEmpty();
        assertThat(position.due(live(7, 3), target.multipliedBy(2))).isEmpty();
        // Another origin, which goes on behind all that.
        assertThat(position.due(live(6, 3), Duration.ZERO))
                .extracting(Segment::number)
                .containsExactly(8L);
        // It stays there, so that was a restart after all.
        assertThat(position.due(live(9, 3), target.multipliedBy(3)))
                .extracting(Segment::number)
                .containsExactly(11L);
        assertThat(position.due(live(10, 3), target.multipliedBy(9))).isEmpty();
    }

    private static HlsPlaylist live(int first, int count) throws IOException {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:" + first + "\n");
        for (int i = 0; i < count; i++) {
            text.append("#EXTINF:1,\n").append(first + i).append(".ts\n");
        }
        return HlsPlaylist.parse(text.toString());
    }

    private static Segment segment(
            long number,
            String uri,
            @Nullable Range range,
            Optional<Part> header,
            boolean discontinuity,
            boolean gap) {
        return new Segment(number, uri, Optional.ofNullable(range), header, discontinuity, gap);
    }
}
