package io.tapedeck.transcode.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Rows;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.story.StoryPublisher;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What counts as time in which there was no room for a conversion.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(Rows.InPeace.class)
class CrowdedIT {

    @Inject DataSource source;
    @Inject JdbcDatabase database;
    @Inject StoryPublisher story;
    @Inject TapedeckWorkerConfig config;

    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final String session = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();

    @BeforeEach
    void twoToBeConverted() throws SQLException {
        for (String each : new String[] {session, other}) {
            var rows = new Rows(source, each);
            rows.execute("insert into session_plan (session_id, state) values (?, 'converting')");
            rows.execute(
                    """
                    insert into conversion (session_id, run, container, next_emit_at)
                    values (?, 0, 'ogg', now())
                    """);
        }
    }

    @AfterEach
    void leaveNoWork() throws SQLException {
        new Rows(source, session).remove();
        new Rows(source, other).remove();
    }

    @Test
    void looksThatFollowEachOtherCount() {
        assertThat(crowdedAt(0)).isZero();
        for (int minute = 9; minute < 63; minute += 9) {
            assertThat(crowdedAt(minute)).hasMinutes(minute);
        }
    }

    @Test
    void timeInWhichNobodyLookedDoesNot() {
        crowdedAt(0);

        assertThat(crowdedAt(180)).isZero();
        assertThat(crowdedAt(185)).hasMinutes(5);
    }

    @Test
    void timeInWhichAnotherGoesOnDoesNot() {
        Attempt going = repository(0).start(other, 0).orElseThrow();
        for (int minute = 0; minute <= 120; minute += 5) {
            repository(minute).alive(going, new Advance((1 + minute) / 200.0, Optional.empty()));
            assertThat(crowdedAt(minute)).isZero();
        }

        assertThat(crowdedAt(125)).hasMinutes(5);
    }

    @Test
    void anotherThatWaitsForRoomItselfTakesNone() {
        crowdedAt(0);
        repository(9).crowded(repository(9).start(other, 0).orElseThrow());

        assertThat(crowdedAt(9)).hasMinutes(9);
    }

    @Test
    void itIsOverWhenTheConversionGoesOn() {
        crowdedAt(0);
        Attempt attempt = repository(5).start(session, 0).orElseThrow();
        repository(5).alive(attempt, new Advance(0.5, Optional.empty()));
        repository(5).givenBack(attempt, true);

        assertThat(crowdedAt(6)).isZero();
    }

    /// One look of a worker whose disk is full.
    private Duration crowdedAt(int minute) {
        JdbcConversionRepository repository = repository(minute);
        Attempt attempt = repository.start(session, 0).orElseThrow();
        Duration crowded = repository.crowded(attempt);
        repository.givenBack(attempt, true);
        return crowded;
    }

    private JdbcConversionRepository repository(int minute) {
        Instant now = begin.plus(Duration.ofMinutes(minute));
        return new JdbcConversionRepository(
                database, story, Clock.fixed(now, ZoneOffset.UTC), config);
    }
}
