package io.tapedeck.playback.catalog;

import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// [CatalogRows] for tests without a database. `CatalogFoldIT` runs the same stories against the
/// real rows.
final class RowsInMemory implements CatalogRows {

    final Map<String, SessionStory> sessions = new TreeMap<>();
    final Map<String, SessionEvent.ChunkStored> chunks = new TreeMap<>();
    final Map<String, WindowOutcome> outcomes = new TreeMap<>();
    final Map<String, RenditionProgress> renditions = new TreeMap<>();
    final Map<String, TranscodeEvent.TaskChanged> tasks = new TreeMap<>();
    final Map<String, TranscodeEvent.Checked> reports = new TreeMap<>();

    @Override
    public SessionStory lock(String sessionId) {
        return sessions.computeIfAbsent(sessionId, SessionStory::unheard);
    }

    @Override
    public void keep(SessionStory story) {
        sessions.put(story.id(), story);
    }

    @Override
    public boolean addChunk(SessionEvent.ChunkStored chunk) {
        return chunks.putIfAbsent(key(chunk.sessionId(), "", 0, chunk.index()), chunk) == null;
    }

    @Override
    public boolean addOutcome(
            String sessionId, String rendition, int generation, WindowOutcome outcome) {
        return outcomes.putIfAbsent(
                        key(sessionId, rendition, generation, outcome.window()), outcome)
                == null;
    }

    @Override
    public List<WindowOutcome> outcomes(
            String sessionId, String rendition, int generation, long from) {
        String prefix = prefix(sessionId) + rendition + "/" + generation + "/";
        return outcomes.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix) && e.getValue().window() >= from)
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public List<RenditionProgress> renditions(String sessionId) {
        return renditions.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix(sessionId)))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void keep(String sessionId, RenditionProgress rendition) {
        renditions.put(key(sessionId, rendition.name(), rendition.generation(), 0), rendition);
    }

    @Override
    public void takeReport(TranscodeEvent.Checked report) {
        reports.merge(
                report.sessionId(),
                report,
                (before, now) -> now.sequence() > before.sequence() ? now : before);
    }

    @Override
    public void takeTask(TranscodeEvent.TaskChanged task) {
        tasks.merge(
                prefix(task.sessionId()) + task.taskId(),
                task,
                (kept, told) -> told.sequence() > kept.sequence() ? told : kept);
    }

    @Override
    public void erase(String sessionId) {
        Predicate<String> gone = key -> key.startsWith(prefix(sessionId));
        chunks.keySet().removeIf(gone);
        outcomes.keySet().removeIf(gone);
        renditions.keySet().removeIf(gone);
        tasks.keySet().removeIf(gone);
    }

    /// All rows, comparable.
    List<Map<String, ?>> all() {
        return List.of(sessions, chunks, outcomes, renditions, tasks);
    }

    private static String key(String sessionId, String rendition, int generation, long number) {
        return "%s%s/%d/%09d".formatted(prefix(sessionId), rendition, generation, number);
    }

    private static String prefix(String sessionId) {
        return sessionId + "/";
    }
}
