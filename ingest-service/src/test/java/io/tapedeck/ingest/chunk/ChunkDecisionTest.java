package io.tapedeck.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.session.SessionState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkDecisionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final SessionState.Recording RECORDING = new SessionState.Recording(NOW);
    private static final long ROOM = 100;
    private static final ChunkOffer OFFER = new ChunkOffer(5, 1, 10, "aa");

    @Test
    void aNewChunkIsStoredAndResumesAnInterruptedSession() {
        assertThat(decide(RECORDING, place(null))).isEqualTo(new ChunkDecision.Store(false));
        assertThat(decide(RECORDING.interrupt(), place(null)))
                .isEqualTo(new ChunkDecision.Store(true));
    }

    @Test
    void theSameChunkIsTheSameInEveryStateThatIsShown() {
        for (SessionState state :
                new SessionState[] {RECORDING, RECORDING.interrupt(), RECORDING.complete(6)}) {
            assertThat(decide(state, place(OFFER))).isEqualTo(new ChunkDecision.Same());
            assertThat(decide(state, place(new ChunkOffer(5, 1, 10, "bb"))))
                    .isEqualTo(new ChunkDecision.Conflict());
            assertThat(decide(state, place(new ChunkOffer(5, 0, 10, "aa"))))
                    .isEqualTo(new ChunkDecision.Conflict());
        }
        assertThat(decide(RECORDING.hide(NOW), place(OFFER)))
                .isEqualTo(new ChunkDecision.Deleted());
    }

    @Test
    void closedAndDeletedSessionsTakeNothingNew() {
        assertThat(decide(RECORDING.complete(9), place(null)))
                .isEqualTo(new ChunkDecision.Closed());
        assertThat(decide(RECORDING.complete(9).hide(NOW), place(null)))
                .isEqualTo(new ChunkDecision.Deleted());
    }

    @Test
    void theRunFitsBetweenItsNeighbours() {
        assertThat(decide(RECORDING, new ChunkDecision.Place(null, 1, 1, 0)))
                .isEqualTo(new ChunkDecision.Store(false));
        assertThat(decide(RECORDING, new ChunkDecision.Place(null, 2, 9, 0)))
                .isEqualTo(new ChunkDecision.RunFalls(2, 9));
        assertThat(decide(RECORDING, new ChunkDecision.Place(null, 0, 0, 0)))
                .isEqualTo(new ChunkDecision.RunFalls(0, 0));
    }

    @Test
    void theSessionHasRoomToTheLastByte() {
        assertThat(decide(RECORDING, new ChunkDecision.Place(null, 0, 9, 90)))
                .isEqualTo(new ChunkDecision.Store(false));
        assertThat(decide(RECORDING, new ChunkDecision.Place(null, 0, 9, 91)))
                .isEqualTo(new ChunkDecision.Full());
        assertThat(decide(RECORDING, new ChunkDecision.Place(OFFER, 0, 9, 100)))
                .isEqualTo(new ChunkDecision.Same());
    }

    private static ChunkDecision decide(SessionState state, ChunkDecision.Place place) {
        return ChunkDecision.of(state, place, OFFER, ROOM);
    }

    private static ChunkDecision.Place place(@Nullable ChunkOffer existing) {
        return new ChunkDecision.Place(existing, 0, Integer.MAX_VALUE, 0);
    }
}
