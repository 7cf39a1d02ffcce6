package io.tapedeck.playback.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptTest {

    private record Key(String address, String version) {}

    private final Kept<Key, String> kept = new Kept<>(10, String::length);

    @Test
    void forgetsWhatNobodyAskedForLongest() {
        kept.keep(new Key("a", "1"), "aaaa");
        kept.keep(new Key("b", "1"), "bbbb");
        assertThat(kept.get(new Key("a", "1"))).contains("aaaa");

        kept.keep(new Key("c", "1"), "cccc");

        assertThat(kept.get(new Key("b", "1"))).isEmpty();
        assertThat(kept.get(new Key("a", "1"))).contains("aaaa");
        assertThat(kept.get(new Key("c", "1"))).contains("cccc");
    }

    @Test
    void keepsNothingThatIsTooLong() {
        kept.keep(new Key("a", "1"), "aaaa");
        kept.keep(new Key("b", "1"), "bbbbbbbbbbb");
        assertThat(kept.get(new Key("b", "1"))).isEmpty();
        assertThat(kept.get(new Key("a", "1"))).isPresent();
    }

    @Test
    void countsATextThatIsKeptTwiceOnce() {
        for (int i = 0; i < 5; i++) {
            kept.keep(new Key("a", "1"), "aaaa");
        }
        kept.keep(new Key("b", "1"), "bbbb");
        assertThat(kept.get(new Key("a", "1"))).isPresent();
    }
}
