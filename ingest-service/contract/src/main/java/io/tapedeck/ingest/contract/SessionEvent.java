package io.tapedeck.ingest.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;

/// One fact about a session, told on [IngestTopics#SESSIONS] as JSON with the discriminator `type`.
///
/// `sequence` counts 1, 2, 3… through one session's story and is assigned in the transaction that
/// changes the rows. A consumer may meet an event twice or late: facts about chunks are idempotent
/// by index, facts about the state are taken only when their sequence is higher than the last one
/// taken. Readers ignore fields they do not know.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SessionEvent.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = SessionEvent.ChunkStored.class, name = "chunk-stored"),
    @JsonSubTypes.Type(value = SessionEvent.Interrupted.class, name = "interrupted"),
    @JsonSubTypes.Type(value = SessionEvent.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = SessionEvent.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = SessionEvent.Hidden.class, name = "hidden"),
    @JsonSubTypes.Type(value = SessionEvent.Restored.class, name = "restored"),
    @JsonSubTypes.Type(value = SessionEvent.Removed.class, name = "removed"),
})
public sealed interface SessionEvent {

    /// Whose story this is.
    String sessionId();

    /// Place in the story, from 1.
    long sequence();

    /// When the fact was committed.
    Instant at();

    /// A session exists and takes chunks.
    ///
    /// @param title what a person called it, possibly empty
    /// @param mimeType what the client says it records, as it said it
    /// @param live whether somebody may be watching while it is recorded
    record Opened(
            String sessionId,
            long sequence,
            Instant at,
            String title,
            String mimeType,
            boolean live)
            implements SessionEvent {}

    /// A chunk's bytes are in the store and its row is committed.
    ///
    /// @param index number of the chunk in the session, from 0, through all runs
    /// @param run the run it belongs to; never falls as `index` rises
    /// @param objectKey where its bytes are
    /// @param sizeBytes how many; 0 is legal, and then there is no object to read
    /// @param sha256 lower-case hex digest of the bytes
    record ChunkStored(
            String sessionId,
            long sequence,
            Instant at,
            long index,
            int run,
            String objectKey,
            long sizeBytes,
            String sha256)
            implements SessionEvent {}

    /// No chunk has come for a while; the next one resumes the session.
    record Interrupted(String sessionId, long sequence, Instant at) implements SessionEvent {}

    /// A chunk came after an interruption.
    record Resumed(String sessionId, long sequence, Instant at) implements SessionEvent {}

    /// No chunk will come any more.
    ///
    /// @param chunkCount chunks that the session has, counting the missing ones
    /// @param missing chunk indexes below `chunkCount` that never came
    record Completed(
            String sessionId, long sequence, Instant at, long chunkCount, List<IndexRange> missing)
            implements SessionEvent {}

    /// The owner deleted it: show it to nobody, but keep everything for now.
    record Hidden(String sessionId, long sequence, Instant at) implements SessionEvent {}

    /// The deletion was undone.
    record Restored(String sessionId, long sequence, Instant at) implements SessionEvent {}

    /// It is gone for good: remove all rows and objects made of it.
    record Removed(String sessionId, long sequence, Instant at) implements SessionEvent {}
}
