package io.tapedeck.transcode.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Rows;
import io.tapedeck.transcode.database.JdbcDatabase;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a storyboard is made of.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(Rows.InPeace.class)
class ShotsIT {

    @Inject DataSource source;
    @Inject JdbcDatabase database;

    private final String session = UUID.randomUUID().toString();
    private Rows rows;

    @BeforeEach
    void sessionOfThisTest() throws SQLException {
        rows = new Rows(source, session).planned(1, 1).rendition("source", 1, 1, 720);
        rows.rendered("source", 1, 1);
    }

    @AfterEach
    void leaveNoWork() throws SQLException {
        rows.remove();
    }

    @Test
    void theLadderIsTakenWhereThereIsOne() throws SQLException {
        rows.rendition("480p", 1, 1, 480).rendered("480p", 1, 1);
        rows.rendition("240p", 1, 1, 240).rendered("240p", 1, 1);

        Subject subject = subject();

        assertThat(subject.complete()).isTrue();
        assertThat(subject.small().heightPixels()).isEqualTo(240);
        assertThat(subject.large().heightPixels()).isEqualTo(480);
    }

    /// Its owner did not want to wait for the ladder.
    @Test
    void elseThePicturesAsTheyCame() throws SQLException {
        rows.rendition("480p", 1, 1, 480);
        rows.execute(
                "update rendition set withdrawn = true where session_id = ? and name = '480p'");

        Subject subject = subject();

        assertThat(subject.complete()).isTrue();
        assertThat(subject.small().shots())
                .singleElement()
                .satisfies(shot -> assertThat(shot.objectKey()).isEqualTo("source/1"));
        assertThat(subject.large()).isEqualTo(subject.small());
    }

    @Test
    void whatGoesOnHasABeginningOnly() throws SQLException {
        rows.execute("update session_plan set state = 'planning' where session_id = ?");

        assertThat(subject().complete()).isFalse();
    }

    private Subject subject() throws SQLException {
        return database.transaction(found -> new JdbcShots(found, session).subject(1, 1));
    }
}
