package io.tapedeck.ingest.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ListeningTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private Instant now = START;
    private final Listening listening =
            new Listening(
                    ((InstantSource) () -> now).withZone(ZoneOffset.UTC), Duration.ofSeconds(30));

    @Test
    void itBeginsWithTheFirstLookAndGoesOn() {
        assertThat(listeningAfter(0)).isEqualTo(START);
        assertThat(listeningAfter(2)).isEqualTo(START);
        assertThat(listeningAfter(30)).isEqualTo(START);
    }

    @Test
    void aLongPauseBeginsItAnew() {
        listening.look();
        assertThat(listeningAfter(31)).isEqualTo(now);
        Instant back = now;
        assertThat(listeningAfter(2)).isEqualTo(back);
    }

    @Test
    void aFailedLookBeginsItAnew() {
        listening.look();
        listening.failed();
        assertThat(listeningAfter(2)).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void aClockThatWasSetBackBeginsItAnew() {
        listening.look();
        assertThat(listeningAfter(-3600)).isEqualTo(START.minusSeconds(3600));
    }

    private Instant listeningAfter(long seconds) {
        now = now.plusSeconds(seconds);
        return listening.look().listeningSince();
    }
}
