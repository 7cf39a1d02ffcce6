package io.tapedeck.ingest.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.ingest.contract.IndexRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What is decided about sessions, without a session.
class DecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration QUIET = Duration.ofSeconds(15);
    private static final Duration GIVEN_UP = Duration.ofMinutes(30);
    private static final SessionState.Recording RECORDING = new SessionState.Recording(NOW);

    private static final ReceivedIndexes THREE =
            new ReceivedIndexes(List.of(new IndexRange(0, 0), new IndexRange(2, 2)));

    @Test
    void silenceIsToleratedThenNoticedThenFinal() {
        assertThat(silence(RECORDING, QUIET.minusMillis(1))).isEqualTo(SilenceDecision.NOTHING);
        assertThat(silence(RECORDING, QUIET)).isEqualTo(SilenceDecision.INTERRUPT);
        assertThat(silence(RECORDING, GIVEN_UP)).isEqualTo(SilenceDecision.COMPLETE);
        var interrupted = RECORDING.interrupt();
        assertThat(silence(interrupted, QUIET)).isEqualTo(SilenceDecision.NOTHING);
        assertThat(silence(interrupted, GIVEN_UP)).isEqualTo(SilenceDecision.COMPLETE);
    }

    @Test
    void whatAnUploadFillsIsInterruptedButNeverCompletedBySilence() {
        assertThat(held(RECORDING, GIVEN_UP)).isEqualTo(SilenceDecision.INTERRUPT);
        assertThat(held(RECORDING.interrupt(), Duration.ofDays(6)))
                .isEqualTo(SilenceDecision.NOTHING);
    }

    @Test
    void aClockThatGoesBackMeansNoSilence() {
        assertThat(silence(RECORDING, Duration.ofMinutes(-5))).isEqualTo(SilenceDecision.NOTHING);
    }

    @Test
    void silenceCountsOnlyWhileSomebodyListens() {
        Instant back = NOW.plus(GIVEN_UP).plusSeconds(600);
        Duration until = Duration.between(NOW, back);
        assertThat(silence(RECORDING, until, back, Optional.empty()))
                .isEqualTo(SilenceDecision.NOTHING);
        assertThat(silence(RECORDING, until.plus(QUIET), back, Optional.empty()))
                .isEqualTo(SilenceDecision.INTERRUPT);
        var interrupted = RECORDING.interrupt();
        assertThat(
                        silence(
                                interrupted,
                                until.plus(GIVEN_UP).minusMillis(1),
                                back,
                                Optional.empty()))
                .isEqualTo(SilenceDecision.NOTHING);
        assertThat(silence(interrupted, until.plus(GIVEN_UP), back, Optional.empty()))
                .isEqualTo(SilenceDecision.COMPLETE);
    }

    @Test
    void aClientThatKnocksIsInterruptedButNotGivenUp() {
        var knocked = Optional.of(NOW.plusSeconds(60));
        Duration later = GIVEN_UP.plusSeconds(60);
        assertThat(silence(RECORDING, later.minusMillis(1), NOW, knocked))
                .isEqualTo(SilenceDecision.INTERRUPT);
        assertThat(silence(RECORDING.interrupt(), later.minusMillis(1), NOW, knocked))
                .isEqualTo(SilenceDecision.NOTHING);
        assertThat(silence(RECORDING.interrupt(), later, NOW, knocked))
                .isEqualTo(SilenceDecision.COMPLETE);
        var longAgo = Optional.of(NOW.minusSeconds(60));
        assertThat(silence(RECORDING, GIVEN_UP.minusMillis(1), NOW.minusSeconds(60), longAgo))
                .isEqualTo(SilenceDecision.INTERRUPT);
    }

    @Test
    void completingAnOpenSession() {
        var gap = List.of(new IndexRange(1, 1));
        assertThat(complete(RECORDING, OptionalLong.of(3), false))
                .isEqualTo(new CompletionDecision.Missing(3, gap));
        assertThat(complete(RECORDING, OptionalLong.of(3), true))
                .isEqualTo(new CompletionDecision.Complete(3, gap));
        assertThat(complete(RECORDING.interrupt(), OptionalLong.empty(), true))
                .isEqualTo(new CompletionDecision.Complete(3, gap));
        assertThat(complete(RECORDING, OptionalLong.of(2), true))
                .isEqualTo(new CompletionDecision.Undeclared(3));
    }

    @Test
    void completingAgain() {
        var completing = RECORDING.complete(4);
        assertThat(complete(completing, OptionalLong.of(4), false))
                .isEqualTo(new CompletionDecision.Repeated(4));
        assertThat(complete(completing, OptionalLong.empty(), false))
                .isEqualTo(new CompletionDecision.Repeated(4));
        assertThat(complete(completing, OptionalLong.of(5), true))
                .isEqualTo(new CompletionDecision.Otherwise(4));
        assertThat(complete(completing.hide(NOW), OptionalLong.of(4), true))
                .isEqualTo(new CompletionDecision.Deleted());
    }

    @Test
    void hidingKeepsWhatTheSessionWas() {
        Instant later = NOW.plusSeconds(60);
        assertThat(RECORDING.interrupt().hide(NOW).word()).isEqualTo("interrupted");
        assertThat(RECORDING.interrupt().hide(NOW).restore(later))
                .isEqualTo(new SessionState.Interrupted(later));
        assertThat(RECORDING.hide(NOW).restore(later)).isEqualTo(new SessionState.Recording(later));
        assertThat(RECORDING.complete(4).hide(NOW).restore(later))
                .isEqualTo(new SessionState.Completing(4));
        assertThat(RECORDING.hide(NOW).restorableUntil(Duration.ofMinutes(10)))
                .isEqualTo(NOW.plusSeconds(600));
    }

    private static SilenceDecision silence(SessionState.Open state, Duration quiet) {
        return silence(state, quiet, NOW, Optional.empty());
    }

    private static SilenceDecision silence(
            SessionState.Open state,
            Duration quiet,
            Instant listeningSince,
            Optional<Instant> knocked) {
        var moment = new Listening.Moment(NOW.plus(quiet), listeningSince);
        return SilenceDecision.of(state, false, moment, knocked, QUIET, GIVEN_UP);
    }

    private static SilenceDecision held(SessionState.Open state, Duration quiet) {
        var moment = new Listening.Moment(NOW.plus(quiet), NOW);
        return SilenceDecision.of(state, true, moment, Optional.empty(), QUIET, GIVEN_UP);
    }

    private static CompletionDecision complete(
            SessionState state, OptionalLong declared, boolean allowGaps) {
        return CompletionDecision.of(state, THREE, declared, allowGaps);
    }
}
