package io.tapedeck.ingest.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    @JsonSubTypes.Type(value = SessionEvent.ChunksForgotten.class, name = "chunks-forgotten"),
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
    /// @param segmentSeconds how long its segments are to be; 0 for the usual length
    /// @param historySeconds how much of it is kept while it is recorded; 0 for everything
    record Opened(
            String sessionId,
            long sequence,
            Instant at,
            String title,
            String mimeType,
            boolean live,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int segmentSeconds,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) long historySeconds)
            implements SessionEvent {

        /// One with segments of the usual length, of which everything is kept.
        public Opened(
                String sessionId,
                long sequence,
                Instant at,
                String title,
                String mimeType,
                boolean live) {
            this(sessionId, sequence, at, title, mimeType, live, 0, 0);
        }
    }

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

    /// The oldest chunks of an open session are gone, rows and objects, for they are older than
    /// what is kept of it. None of them counts as missing.
    ///
    /// @param belowIndex all chunks below this are gone, but for the first one of the run that goes
    ///   on from here, without which that could not be read
    record ChunksForgotten(String sessionId, long sequence, Instant at, long belowIndex)
            implements SessionEvent {}

    /// No chunk has come for a while; the next one resumes the session.
    record Interrupted(String sessionId, long sequence, Instant at) implements SessionEvent {}

    /// A chunk came after an interruption.
    record Resumed(String sessionId, long sequence, Instant at) implements SessionEvent {}

    /// No chunk will come any more.
    ///
    /// @param chunkCount chunks that the session has, counting the missing ones
    /// @param missing chunk indexes below `chunkCount` that never came; what was forgotten came
    /// @param files what is to be made of the log; null for what did not come as frames
    record Completed(
            String sessionId,
            long sequence,
            Instant at,
            long chunkCount,
            List<IndexRange> missing,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Files files)
            implements SessionEvent {

        /// What did not come as frames.
        public Completed(
                String sessionId,
                long sequence,
                Instant at,
                long chunkCount,
                List<IndexRange> missing) {
            this(sessionId, sequence, at, chunkCount, missing, null);
        }
    }

    /// Files that senders of frames expect of what they sent, each as it came: an MP4 with all
    /// pictures, 15 a second, and a WAV with all samples.
    ///
    /// @param name of both, without what stands behind the dot; no other session's files have it
    /// @param pictures whether there are any
    /// @param sound whether there is any
    record Files(String name, boolean pictures, boolean sound) {}

    /// The owner deleted it: show it to nobody, but keep everything for now.
    record Hidden(String sessionId, long sequence, Instant at) implements SessionEvent {}

    /// The deletion was undone.
    record Restored(String sessionId, long sequence, Instant at) implements SessionEvent {}

    /// It is gone for good: remove all rows and objects made of it.
    record Removed(String sessionId, long sequence, Instant at) implements SessionEvent {}
}
