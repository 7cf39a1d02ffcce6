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
    final Map<String, TranscodeEvent.WindowsPlanned> planned = new TreeMap<>();
    final Map<String, TranscodeEvent.TaskChanged> tasks = new TreeMap<>();
    final Map<String, TranscodeEvent.Checked> reports = new TreeMap<>();
    final Map<String, TranscodeEvent.Previewed> previews = new TreeMap<>();

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
    public SessionStory.ChunkLog forgetChunks(String sessionId, long belowIndex) {
        var kept =
                chunks.values().stream()
                        .filter(chunk -> chunk.sessionId().equals(sessionId))
                        .filter(chunk -> chunk.index() >= belowIndex)
                        .findFirst()
                        .stream()
                        .flatMap(next ->
                                chunks.values().stream()
                                        .filter(chunk -> chunk.sessionId().equals(sessionId))
                                        .filter(chunk -> chunk.run() == next.run())
                                        .limit(1))
                        .toList();
        var gone =
                chunks.values().stream()
                        .filter(chunk -> chunk.sessionId().equals(sessionId))
                        .filter(chunk -> chunk.index() < belowIndex && !kept.contains(chunk))
                        .toList();
        chunks.values().removeAll(gone);
        return new SessionStory.ChunkLog(
                gone.size(), gone.stream().mapToLong(SessionEvent.ChunkStored::sizeBytes).sum());
    }

    @Override
    public long segments(String sessionId, String rendition, int generation, long from, long to) {
        return outcomes(sessionId, rendition, generation, from).stream()
                .filter(one -> one.window() < to && one instanceof WindowOutcome.Segment)
                .count();
    }

    @Override
    public void forgetOutcomes(String sessionId, String cut, long belowWindow) {
        for (RenditionProgress rendition : renditions(sessionId)) {
            if (rendition.cut().equals(cut)) {
                outcomes.entrySet()
                        .removeIf(one ->
                                one.getKey()
                                                .startsWith(
                                                        "%s%s/%d/"
                                                                .formatted(
                                                                        prefix(sessionId),
                                                                        rendition.name(),
                                                                        rendition.generation()))
                                        && one.getValue().window() < belowWindow);
            }
        }
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
    public boolean addPlanned(TranscodeEvent.WindowsPlanned part) {
        String cut = part.cut() + "/" + part.plan();
        return planned.putIfAbsent(key(part.sessionId(), cut, 0, part.firstWindow()), part) == null;
    }

    @Override
    public Foreseen foreseen(String sessionId, int plan, String cut) {
        long windows = 0;
        long ticks = 0;
        for (var part : planned.entrySet()) {
            if (part.getKey().startsWith(prefix(sessionId) + cut + "/" + plan + "/")
                    && part.getValue().firstWindow() == windows) {
                for (TranscodeEvent.Span span : part.getValue().spans()) {
                    windows += span.durationsTicks().size();
                    ticks += span.durationsTicks().stream().mapToLong(Long::longValue).sum();
                }
            }
        }
        return new Foreseen(windows, ticks);
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
    public void takePreview(TranscodeEvent.Previewed preview) {
        previews.merge(
                preview.sessionId(),
                preview,
                (before, now) -> now.sequence() > before.sequence() ? now : before);
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
        planned.keySet().removeIf(gone);
        tasks.keySet().removeIf(gone);
        previews.remove(sessionId);
    }

    /// All rows, comparable.
    List<Map<String, ?>> all() {
        return List.of(sessions, chunks, outcomes, renditions, planned, tasks);
    }

    private static String key(String sessionId, String rendition, int generation, long number) {
        return "%s%s/%d/%09d".formatted(prefix(sessionId), rendition, generation, number);
    }

    private static String prefix(String sessionId) {
        return sessionId + "/";
    }
}
