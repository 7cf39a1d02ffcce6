package io.tapedeck.transcode.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.ingest.contract.SessionEvent.ChunkStored;
import io.tapedeck.ingest.contract.SessionEvent.ChunksForgotten;
import io.tapedeck.ingest.contract.SessionEvent.Completed;
import io.tapedeck.ingest.contract.SessionEvent.Hidden;
import io.tapedeck.ingest.contract.SessionEvent.Interrupted;
import io.tapedeck.ingest.contract.SessionEvent.Opened;
import io.tapedeck.ingest.contract.SessionEvent.Removed;
import io.tapedeck.ingest.contract.SessionEvent.Restored;
import io.tapedeck.ingest.contract.SessionEvent.Resumed;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
import io.tapedeck.transcode.task.JdbcLogFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Turns what ingest tells into rows. Every fact may come twice and in any order: what is known of
/// a chunk never changes, completion and removal are for good, and of hidden and restored the
/// higher sequence counts. The plan's version is left alone; planning looks again instead.
@ApplicationScoped
class JdbcFactRepository {

    private final JdbcDatabase database;
    private final JdbcLogFiles files;
    private final ObjectMapper json;

    JdbcFactRepository(JdbcDatabase database, JdbcLogFiles files, ObjectMapper json) {
        this.database = database;
        this.files = files;
        this.json = json;
    }

    /// Takes facts in one transaction.
    ///
    /// @throws io.tapedeck.transcode.database.DatabaseException none was taken
    void take(List<SessionEvent> facts) {
        database.transaction(rows -> {
            insertPlans(rows, facts);
            insertChunks(rows, facts);
            for (SessionEvent fact : facts) {
                take(rows, fact);
            }
            for (String session : sessions(facts)) {
                files.told(rows, session);
            }
            return facts.size();
        });
    }

    private static void insertPlans(JdbcSession rows, List<SessionEvent> facts)
            throws SQLException {
        rows.batch(
                "insert into session_plan (session_id) values (?) on conflict do nothing",
                sessions(facts).stream().map(session -> new @Nullable Object[] {session}).toList());
    }

    /// Sorted, so that two workers in the middle of a rebalance lock rows in the same order.
    private static TreeSet<String> sessions(List<SessionEvent> facts) {
        var sessions = new TreeSet<String>();
        facts.forEach(fact -> sessions.add(fact.sessionId()));
        return sessions;
    }

    private static void insertChunks(JdbcSession rows, List<SessionEvent> facts)
            throws SQLException {
        rows.batch(
                """
                insert into chunk
                    (session_id, chunk_index, run, object_key, size_bytes, sha256, stored_at)
                select ?, ?, ?, ?, ?, ?, ?
                where not exists (select from session_plan p
                    where p.session_id = ? and p.state = 'removed')
                on conflict do nothing
                """,
                facts.stream()
                        .filter(ChunkStored.class::isInstance)
                        .map(ChunkStored.class::cast)
                        .map(JdbcFactRepository::chunkValues)
                        .toList());
    }

    private static @Nullable Object[] chunkValues(ChunkStored chunk) {
        return new @Nullable Object[] {
            chunk.sessionId(),
            chunk.index(),
            chunk.run(),
            chunk.objectKey(),
            chunk.sizeBytes(),
            chunk.sha256(),
            chunk.at(),
            chunk.sessionId()
        };
    }

    private void take(JdbcSession rows, SessionEvent fact) throws SQLException {
        switch (fact) {
            case Opened opened -> open(rows, opened);
            case Completed completed -> complete(rows, completed);
            case Hidden hidden -> hide(rows, hidden, true);
            case Restored restored -> hide(rows, restored, false);
            case Removed removed -> remove(rows, removed);
            case ChunksForgotten forgotten -> forget(rows, forgotten);
            case ChunkStored _, Interrupted _, Resumed _ -> {}
        }
    }

    private static void open(JdbcSession rows, Opened opened) throws SQLException {
        rows.update(
                """
                update session_plan set opened_at = ?, live = ?, history_seconds = ?,
                    segment_seconds = coalesce(?, segment_seconds)
                where session_id = ?
                """,
                opened.at(),
                opened.live(),
                opened.historySeconds(),
                opened.segmentSeconds() == 0 ? null : opened.segmentSeconds(),
                opened.sessionId());
    }

    /// What is told again and late was told before in order, so that no chunk comes back for good.
    private static void forget(JdbcSession rows, ChunksForgotten forgotten) throws SQLException {
        rows.update(
                """
                update session_plan set forgotten_below = greatest(forgotten_below, ?)
                where session_id = ? and state <> 'removed'
                """,
                forgotten.belowIndex(),
                forgotten.sessionId());
        rows.update(
                """
                delete from chunk where session_id = ? and chunk_index < ?
                    and chunk_index is distinct from (
                        select min(c.chunk_index) from chunk c where c.session_id = ? and c.run = (
                            select run from chunk where session_id = ? and chunk_index >= ?
                            order by chunk_index limit 1))
                """,
                forgotten.sessionId(),
                forgotten.belowIndex(),
                forgotten.sessionId(),
                forgotten.sessionId(),
                forgotten.belowIndex());
    }

    private void complete(JdbcSession rows, Completed completed) throws SQLException {
        var missing =
                completed.missing().stream()
                        .map(range -> new long[] {range.first(), range.last()})
                        .toList();
        try {
            rows.update(
                    """
                    update session_plan set chunk_count = ?, missing = ?::jsonb,
                        frames_mp4 = ?, frames_wav = ?
                    where session_id = ? and chunk_count is null
                    """,
                    completed.chunkCount(),
                    json.writeValueAsString(missing),
                    completed.files() != null && completed.files().pictures(),
                    completed.files() != null && completed.files().sound(),
                    completed.sessionId());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + completed, e);
        }
    }

    private static void hide(JdbcSession rows, SessionEvent fact, boolean hidden)
            throws SQLException {
        rows.update(
                """
                update session_plan set hidden = ?, hidden_sequence = ?
                where session_id = ? and hidden_sequence < ?
                """,
                hidden,
                fact.sequence(),
                fact.sessionId(),
                fact.sequence());
    }

    private static void remove(JdbcSession rows, Removed removed) throws SQLException {
        int first =
                rows.update(
                        """
                        update session_plan set state = 'removed', removed_at = ?,
                            failure_code = null, failure_message = null, planner_state = null,
                            due_segments = 0
                        where session_id = ? and state <> 'removed'
                        """,
                        removed.at(),
                        removed.sessionId());
        if (first == 0) {
            return;
        }
        for (String table :
                List.of(
                        "segment",
                        "planned_window",
                        "rendition",
                        "chunk",
                        "task",
                        "conversion",
                        "history_cut",
                        "history_drop")) {
            rows.update("delete from " + table + " where session_id = ?", removed.sessionId());
        }
    }
}
