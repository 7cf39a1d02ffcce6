package io.tapedeck.transcode.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.ingest.contract.SessionEvent.ChunkStored;
import io.tapedeck.ingest.contract.SessionEvent.Completed;
import io.tapedeck.ingest.contract.SessionEvent.Hidden;
import io.tapedeck.ingest.contract.SessionEvent.Interrupted;
import io.tapedeck.ingest.contract.SessionEvent.Opened;
import io.tapedeck.ingest.contract.SessionEvent.Removed;
import io.tapedeck.ingest.contract.SessionEvent.Restored;
import io.tapedeck.ingest.contract.SessionEvent.Resumed;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.database.JdbcSession;
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
    private final ObjectMapper json;

    JdbcFactRepository(JdbcDatabase database, ObjectMapper json) {
        this.database = database;
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
            return facts.size();
        });
    }

    private static void insertPlans(JdbcSession rows, List<SessionEvent> facts)
            throws SQLException {
        // Sorted, so that two workers in the middle of a rebalance lock rows in the same order.
        var sessions = new TreeSet<String>();
        facts.forEach(fact -> sessions.add(fact.sessionId()));
        rows.batch(
                "insert into session_plan (session_id) values (?) on conflict do nothing",
                sessions.stream().map(session -> new @Nullable Object[] {session}).toList());
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
            case Opened opened ->
                    rows.update(
                            "update session_plan set opened_at = ?, live = ? where session_id = ?",
                            opened.at(),
                            opened.live(),
                            opened.sessionId());
            case Completed completed -> complete(rows, completed);
            case Hidden hidden -> hide(rows, hidden, true);
            case Restored restored -> hide(rows, restored, false);
            case Removed removed -> remove(rows, removed);
            case ChunkStored _, Interrupted _, Resumed _ -> {}
        }
    }

    private void complete(JdbcSession rows, Completed completed) throws SQLException {
        var missing =
                completed.missing().stream()
                        .map(range -> new long[] {range.first(), range.last()})
                        .toList();
        try {
            rows.update(
                    """
                    update session_plan set chunk_count = ?, missing = ?::jsonb
                    where session_id = ? and chunk_count is null
                    """,
                    completed.chunkCount(),
                    json.writeValueAsString(missing),
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
                List.of("segment", "planned_window", "rendition", "chunk", "task", "conversion")) {
            rows.update("delete from " + table + " where session_id = ?", removed.sessionId());
        }
    }
}
