package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.contract.ExportTaskId;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import io.tapedeck.transcode.contract.TranscodeEvent.TaskChanged;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Tasks from the first wish to the file.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class ExportIT {

    private static final String RECORDING = "chr-webm-vp8-480-t250";

    @Inject Ingest ingest;
    @Inject World world;
    @Inject ObjectStore objects;
    @Inject DataSource database;

    private final String session = UUID.randomUUID().toString();
    private final String taskId = ExportTaskId.of(session, "mp4", 1);

    @Test
    void everySessionGetsItsMp4OnceAllIsRendered() throws IOException {
        ingest.say(ingest.record(session, Corpus.chunks(RECORDING)));

        TaskChanged done = world.await(session, TaskChanged.class, task -> task.state().isFinal());

        assertThat(done.state()).as(String.valueOf(done.error())).isEqualTo(TaskState.SUCCEEDED);
        assertThat(done.taskId()).isEqualTo(taskId);
        assertThat(done.progress()).isEqualTo(1);
        String key = Objects.requireNonNull(done.resultKey());
        assertThat(objects.stat(key).orElseThrow().sizeBytes()).isEqualTo(done.resultBytes());
        try (InputStream in = objects.open(key, 0, 12)) {
            byte[] head = in.readAllBytes();
            assertThat(new String(Arrays.copyOfRange(head, 4, 8), StandardCharsets.US_ASCII))
                    .isEqualTo("ftyp");
        }
        assertThat(states()).containsSubsequence(TaskState.QUEUED, TaskState.RUNNING);
    }

    @Test
    void askingForWhatIsThereAnswersAtOnce() {
        ingest.say(ingest.record(session, Corpus.chunks(RECORDING)));
        TaskChanged done = world.await(session, TaskChanged.class, task -> task.state().isFinal());

        ingest.command(new TranscodeCommand.Export(session, taskId, Instant.now(), "mp4", 1));

        TaskChanged again =
                world.await(session, TaskChanged.class, task -> task.sequence() > done.sequence());
        assertThat(again.state()).isEqualTo(done.state());
        assertThat(again.resultKey()).isEqualTo(done.resultKey());
    }

    @Test
    void anExportAskedForEarlyWaitsCanBeCancelledAndRetried() {
        List<SessionEvent> facts = ingest.record(session, Corpus.chunks(RECORDING));
        ingest.say(facts.subList(0, 10));
        ingest.command(new TranscodeCommand.Export(session, taskId, Instant.now(), "mp4", 1));
        awaitState(TaskState.QUEUED);

        ingest.command(new TranscodeCommand.CancelTask(session, taskId, Instant.now()));
        ingest.command(new TranscodeCommand.CancelTask(session, taskId, Instant.now()));
        awaitState(TaskState.CANCELLED);

        ingest.say(facts.subList(10, facts.size()));
        world.whole(session);
        assertThat(world.last(session, TaskChanged.class).orElseThrow().state())
                .as("the end of the session does not bring a cancelled task back")
                .isEqualTo(TaskState.CANCELLED);

        ingest.command(new TranscodeCommand.RetryTask(session, taskId, Instant.now()));
        awaitState(TaskState.SUCCEEDED);
    }

    @Test
    void aWrongIdAndAnUnknownFormatAreAnsweredAlsoTheSecondTime() {
        String wrong = UUID.randomUUID().toString();
        ingest.command(new TranscodeCommand.Export(session, wrong, Instant.now(), "mp4", 1));
        TaskChanged first =
                world.await(session, TaskChanged.class, task -> task.taskId().equals(wrong));
        assertThat(first.state()).isEqualTo(TaskState.FAILED);

        String gif = ExportTaskId.of(session, "gif", 1);
        ingest.command(new TranscodeCommand.Export(session, gif, Instant.now(), "gif", 1));
        TaskChanged second =
                world.await(session, TaskChanged.class, task -> task.taskId().equals(gif));
        assertThat(second.error()).contains("gif").contains("mp4");

        ingest.command(new TranscodeCommand.RetryTask(session, gif, Instant.now()));
        TaskChanged again =
                world.await(
                        session, TaskChanged.class, task -> task.sequence() > second.sequence());
        assertThat(again.taskId()).isEqualTo(gif);
        assertThat(again.error()).isEqualTo(second.error());

        ingest.command(new TranscodeCommand.Export(session, taskId, Instant.now(), "mp4", 1));
        world.await(session, TaskChanged.class, task -> task.taskId().equals(taskId));
        awaitState(TaskState.QUEUED);
    }

    @Test
    void aRunningExportIsCancelledWithinASecondOrTwo() throws SQLException {
        List<SessionEvent> facts = ingest.record(session, Corpus.chunks(RECORDING));
        ingest.say(facts.subList(0, facts.size() - 1));
        world.await(session, SegmentReady.class, ready -> true);
        Awaitility.await().atMost(World.PATIENCE).until(() -> due() == 0);
        multiplyWindows(4000);
        ingest.say(facts.getLast());
        world.await(
                session,
                TaskChanged.class,
                task -> task.state() == TaskState.RUNNING && task.progress() > 0);

        Instant asked = Instant.now();
        ingest.command(new TranscodeCommand.CancelTask(session, taskId, asked));
        awaitState(TaskState.CANCELLED);

        // Its slot is free again long before the file would have been done.
        String next = UUID.randomUUID().toString();
        ingest.say(ingest.record(next, Corpus.chunks(RECORDING)));
        world.await(next, TaskChanged.class, task -> task.state() == TaskState.SUCCEEDED);
        assertThat(world.last(session, TaskChanged.class).orElseThrow().state())
                .isEqualTo(TaskState.CANCELLED);
    }

    private long due() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "select due_segments from session_plan where session_id = ?")) {
            statement.setString(1, session);
            try (var found = statement.executeQuery()) {
                return found.next() ? found.getLong(1) : -1;
            }
        }
    }

    /// A long session: its first segment again and again.
    private void multiplyWindows(int count) throws SQLException {
        execute(
                """
                insert into planned_window (session_id, plan, cut, window_index, run, stretch, origin_ticks,
                    start_ticks, end_ticks, last, from_bytes, to_bytes, checkpoint)
                select session_id, plan, cut, 1000 + n, run, stretch, origin_ticks, start_ticks, end_ticks,
                    last, from_bytes, to_bytes, checkpoint
                from planned_window, generate_series(1, %d) as n
                where session_id = ? and window_index = 0
                """
                        .formatted(count));
        execute(
                """
                insert into segment (session_id, rendition, generation, window_index, plan, cut,
                    queue, state, next_emit_at, object_key, digest, size_bytes, codecs, frames, settled_at)
                select session_id, rendition, generation, 1000 + n, plan, cut, queue, state,
                    next_emit_at,
                    object_key, digest, size_bytes, codecs, frames, settled_at
                from segment, generate_series(1, %d) as n
                where session_id = ? and window_index = 0
                """
                        .formatted(count));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, session);
            statement.executeUpdate();
        }
    }

    private void awaitState(TaskState state) {
        world.await(session, TaskChanged.class, task -> task.state() == state);
    }

    private List<TaskState> states() {
        return world.events(session, TaskChanged.class).stream().map(TaskChanged::state).toList();
    }
}
