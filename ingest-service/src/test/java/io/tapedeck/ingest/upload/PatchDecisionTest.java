package io.tapedeck.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Whether bytes are worth reading.
class PatchDecisionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final long MAX_BYTES = 1000;

    @Test
    void atItsOffsetAnUploadGoesOn() {
        assertThat(decide(upload(100L, 40), 40, null, 60)).isEqualTo(append(100L));
        assertThat(decide(upload(100L, 40), 40, 100L, 60)).isEqualTo(append(100L));
        assertThat(decide(upload(100L, 100), 100, null, 0)).isEqualTo(append(100L));
    }

    @Test
    void elsewhereItDoesNot() {
        var wrong = new PatchDecision.OffsetWrong(40);
        assertThat(decide(upload(100L, 40), 0, null, 60)).isEqualTo(wrong);
        assertThat(decide(upload(100L, 40), 41, null, 1)).isEqualTo(wrong);
    }

    @Test
    void aLengthIsSaidOnce() {
        assertThat(decide(upload(null, 40), 40, 90L, 50)).isEqualTo(append(90L));
        assertThat(decide(upload(null, 40), 40, null, 50)).isEqualTo(append(null));
        assertThat(decide(upload(100L, 40), 40, 90L, 50))
                .isEqualTo(new PatchDecision.LengthFixed(100));
        assertThat(decide(upload(null, 40), 40, 30L, 0))
                .isEqualTo(new PatchDecision.LengthFixed(40));
        assertThat(decide(upload(null, 40), 40, 1001L, 0))
                .isEqualTo(new PatchDecision.TooLarge(MAX_BYTES));
    }

    @Test
    void moreBytesThanFitAreNotRead() {
        assertThat(decide(upload(100L, 40), 40, null, 61))
                .isEqualTo(new PatchDecision.Overlong(60));
        assertThat(decide(upload(null, 40), 40, null, 961))
                .isEqualTo(new PatchDecision.Overlong(960));
    }

    @Test
    void whatIsOverIsOver() {
        var late = NOW.plus(Duration.ofDays(1));
        var expired = new PatchDecision.Over(UploadState.EXPIRED);
        assertThat(decide(upload(100L, 40), 40, null, 1, late)).isEqualTo(expired);
        var complete = of(UploadKind.WHOLE, UploadState.COMPLETE, 100L, 100);
        assertThat(decide(complete, 100, null, 0, late)).isEqualTo(append(100L));
        var terminated = of(UploadKind.WHOLE, UploadState.TERMINATED, 100L, 40);
        assertThat(decide(terminated, 40, null, 1))
                .isEqualTo(new PatchDecision.Over(UploadState.TERMINATED));
        var joined = of(UploadKind.FINAL, UploadState.COMPLETE, 100L, 100);
        assertThat(decide(joined, 100, null, 0)).isEqualTo(new PatchDecision.Joined());
    }

    private static PatchDecision decide(
            Upload upload, long offset, @Nullable Long length, long bodyBytes) {
        return decide(upload, offset, length, bodyBytes, NOW);
    }

    private static PatchDecision decide(
            Upload upload, long offset, @Nullable Long length, long bodyBytes, Instant now) {
        var wish = new PatchDecision.Wish(offset, length, bodyBytes);
        return PatchDecision.of(upload, wish, now, MAX_BYTES);
    }

    private static PatchDecision append(@Nullable Long length) {
        return new PatchDecision.Append(length);
    }

    private static Upload upload(@Nullable Long length, long offset) {
        return of(UploadKind.WHOLE, UploadState.OPEN, length, offset);
    }

    private static Upload of(
            UploadKind kind, UploadState state, @Nullable Long length, long offset) {
        Instant expires = NOW.plus(Duration.ofHours(1));
        return new Upload("u", kind, "u", "", "", length, offset, 0, null, state, NOW, expires);
    }
}
