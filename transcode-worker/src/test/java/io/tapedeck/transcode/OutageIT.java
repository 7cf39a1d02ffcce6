package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.Neighbours;
import io.tapedeck.neighbours.Neighbours.Component;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Neighbours that die and come back: everything is late, nothing is lost, nothing is a gap.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class OutageIT {

    private static final List<byte[]> RECORDING = Corpus.chunks("chr-webm-vp8-480-t1000");

    @Inject Ingest ingest;
    @Inject World world;
    @Inject DataSource database;

    private final Neighbours neighbours = Neighbours.running();
    private final String session = UUID.randomUUID().toString();

    @Test
    void theStoreMayBeAwayWhilePlanningAndRendering() {
        List<SessionEvent> facts = ingest.record(session, RECORDING);
        ingest.say(facts.subList(0, 10));
        world.await(session, SegmentReady.class, ready -> true);

        neighbours.kill(Component.OBJECTS);
        ingest.say(facts.subList(10, facts.size()));
        Awaitility.await().atMost(World.PATIENCE).until(() -> chunks() == RECORDING.size());
        neighbours.start(Component.OBJECTS);

        assertWhole();
    }

    @Test
    void theBrokerMayBeAwayBetweenTwoChunks() {
        List<SessionEvent> facts = ingest.record(session, RECORDING);
        ingest.say(facts.subList(0, 10));
        world.await(session, SegmentReady.class, ready -> true);

        neighbours.kill(Component.KAFKA);
        neighbours.start(Component.KAFKA);
        ingest.say(facts.subList(10, facts.size()));

        assertWhole();
    }

    private void assertWhole() {
        assertThat(world.whole(session)).hasSizeBetween(10, 11);
        assertThat(world.events(session, TranscodeEvent.WindowFailed.class)).isEmpty();
        TaskChanged export =
                world.await(session, TaskChanged.class, task -> task.state().isFinal());
        assertThat(export.state()).isEqualTo(TaskState.SUCCEEDED);
    }

    private long chunks() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "select count(*) from chunk where session_id = ?")) {
            statement.setString(1, session);
            try (var found = statement.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }
}
