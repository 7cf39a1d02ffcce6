package io.tapedeck.playback.catalog;

import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.util.List;

/// The rows that the fold reads and writes, inside the caller's transaction. [#lock] comes first:
/// it keeps others off all rows of that session until the transaction ends. A failing store ends
/// any call with an unchecked exception, and the transaction with it.
interface CatalogRows {

    /// The session as it is kept, made when it was never heard of.
    SessionStory lock(String sessionId);

    /// Replaces what is kept of a locked session.
    void keep(SessionStory story);

    /// @return whether the chunk is new
    boolean addChunk(SessionEvent.ChunkStored chunk);

    /// Removes the chunks below an index, but for the first one of the run that goes on there.
    ///
    /// @return what was there of them
    SessionStory.ChunkLog forgetChunks(String sessionId, long belowIndex);

    /// @return whether it is the first outcome of that window
    boolean addOutcome(String sessionId, String rendition, int generation, WindowOutcome outcome);

    /// Outcomes from window `from` on, ascending, possibly with holes.
    List<WindowOutcome> outcomes(String sessionId, String rendition, int generation, long from);

    /// How many windows from `from` to `to`, exclusive, are rendered.
    long segments(String sessionId, String rendition, int generation, long from, long to);

    /// Removes outcomes of windows that are listed no more, in all renditions of a cut.
    void forgetOutcomes(String sessionId, String cut, long belowWindow);

    /// @return whether that part of the plan is new
    boolean addPlanned(TranscodeEvent.WindowsPlanned part);

    /// How far a cut of a plan is known from its first window on, without a hole.
    Foreseen foreseen(String sessionId, int plan, String cut);

    /// All renditions of the session, each of their generations.
    List<RenditionProgress> renditions(String sessionId);

    /// Adds or replaces a rendition.
    void keep(String sessionId, RenditionProgress rendition);

    /// Takes a task's state, unless a later one is kept.
    void takeTask(TranscodeEvent.TaskChanged task);

    /// Takes what a session was found to be, unless a later look is kept.
    void takeReport(TranscodeEvent.Checked report);

    /// Takes pictures of a session, unless later ones are kept.
    void takePreview(TranscodeEvent.Previewed preview);

    /// Removes everything of a session but the story itself.
    void erase(String sessionId);
}
