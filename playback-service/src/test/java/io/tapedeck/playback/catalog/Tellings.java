package io.tapedeck.playback.catalog;

import io.tapedeck.ingest.contract.IndexRange;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.transcode.contract.TaskState;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes up both stories of a session, as the services would tell them, and tells them badly.
final class Tellings {

    static final long TWO_SECONDS = 180_000;

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final String id;
    private final RandomGenerator random;
    private final List<Object> events = new ArrayList<>();
    private long ingestSequence;
    private long workerSequence;

    private Tellings(String id, RandomGenerator random) {
        this.id = id;
        this.random = random;
    }

    /// One whole life, in order: [SessionEvent]s and [TranscodeEvent]s.
    static List<Object> life(String id, RandomGenerator random) {
        return new Tellings(id, random).lived();
    }

    /// The same events in any order, some of them more than once.
    static List<Object> garbled(List<Object> events, RandomGenerator random) {
        var garbled = new ArrayList<>(events);
        events.stream().filter(_ -> random.nextInt(3) == 0).forEach(garbled::add);
        Collections.shuffle(garbled, java.util.Random.from(random));
        return garbled;
    }

    static void tell(CatalogFold fold, Object event) {
        switch (event) {
            case SessionEvent e -> fold.take(e);
            case TranscodeEvent e -> fold.take(e);
            default -> throw new IllegalArgumentException(event.toString());
        }
    }

    private List<Object> lived() {
        int windows = random.nextInt(1, 12);
        List<String> renditions = random.nextBoolean() ? List.of("720p") : List.of("720p", "audio");
        boolean live = random.nextBoolean();
        add(
                new SessionEvent.Opened(
                        id, ++ingestSequence, at(), "Title of " + id, "video/webm", live));
        for (int step = 0; !live && step < 4; step++) {
            convert(0.25 * (step + 1));
        }
        renditions.forEach(this::plan);
        for (int window = 0; !live && window < windows; window += 3) {
            foresee(window, Math.min(3, windows - window));
        }
        for (int window = 0; window < windows; window++) {
            record(window);
            for (String rendition : renditions) {
                render(rendition, 1, window);
            }
        }
        complete(windows);
        renditions.forEach(rendition -> end(rendition, 1, windows));
        if (random.nextInt(3) == 0) {
            add(
                    new TranscodeEvent.RenditionPlanned(
                            id, ++workerSequence, at(), "720p", 2, 640, 480, 2, 1, true));
            for (int window = 0; window < windows; window++) {
                render("720p", 2, window);
            }
            end("720p", 2, windows);
        }
        export();
        hideAndSeek();
        return events;
    }

    private void plan(String rendition) {
        boolean pictures = !rendition.equals("audio");
        add(
                new TranscodeEvent.RenditionPlanned(
                        id,
                        ++workerSequence,
                        at(),
                        rendition,
                        1,
                        pictures ? 1280 : 0,
                        pictures ? 720 : 0,
                        2,
                        1,
                        false));
    }

    private void convert(double progress) {
        Long left = random.nextBoolean() ? Math.round(90_000 * (1 - progress)) : null;
        add(new TranscodeEvent.Converting(id, ++workerSequence, at(), progress, left));
    }

    private void foresee(int first, int windows) {
        add(
                new TranscodeEvent.WindowsPlanned(
                        id,
                        ++workerSequence,
                        at(),
                        1,
                        "grid",
                        first,
                        List.of(
                                new TranscodeEvent.Span(
                                        0,
                                        first * TWO_SECONDS,
                                        START,
                                        Collections.nCopies(windows, TWO_SECONDS)))));
    }

    private void end(String rendition, int generation, int windows) {
        add(
                new TranscodeEvent.RenditionEnded(
                        id, ++workerSequence, at(), rendition, generation, windows));
    }

    private void record(int window) {
        for (int part = 0; part < 2; part++) {
            long index = 2L * window + part;
            add(
                    new SessionEvent.ChunkStored(
                            id,
                            ++ingestSequence,
                            at(),
                            index,
                            0,
                            "chunks/%s/%d".formatted(id, index),
                            random.nextInt(5_000),
                            "00"));
        }
        if (random.nextInt(4) == 0) {
            add(new SessionEvent.Interrupted(id, ++ingestSequence, at()));
            add(new SessionEvent.Resumed(id, ++ingestSequence, at()));
        }
        add(
                new TranscodeEvent.Planned(
                        id,
                        ++workerSequence,
                        at(),
                        window + 1,
                        (window + 1) * TWO_SECONDS,
                        false,
                        List.of()));
    }

    private void render(String rendition, int generation, int window) {
        long start = window * TWO_SECONDS;
        if (random.nextInt(8) == 0) {
            add(
                    new TranscodeEvent.WindowFailed(
                            id,
                            ++workerSequence,
                            at(),
                            rendition,
                            generation,
                            window,
                            0,
                            start,
                            TWO_SECONDS,
                            "broken picture",
                            random.nextBoolean() ? at() : null));
        } else {
            add(
                    new TranscodeEvent.SegmentReady(
                            id,
                            ++workerSequence,
                            at(),
                            rendition,
                            generation,
                            window,
                            0,
                            start,
                            TWO_SECONDS,
                            "media/%s/%d/%d".formatted(id, generation, window),
                            "%08x".formatted(random.nextInt()),
                            random.nextInt(1, 900_000),
                            "avc1.64001f,mp4a.40.2",
                            60,
                            random.nextBoolean() ? at() : null));
        }
    }

    private void complete(int windows) {
        var missing =
                random.nextBoolean()
                        ? List.of(new IndexRange(2L * windows, 2L * windows + 1))
                        : List.<IndexRange>of();
        add(
                new SessionEvent.Completed(
                        id, ++ingestSequence, at(), 2L * windows + 2L * missing.size(), missing));
        add(
                new TranscodeEvent.Planned(
                        id,
                        ++workerSequence,
                        at(),
                        windows,
                        windows * TWO_SECONDS,
                        true,
                        missing.isEmpty()
                                ? List.of()
                                : List.of(new TranscodeEvent.Gap(0, 90_000, "lost"))));
    }

    private void export() {
        var states = List.of(TaskState.QUEUED, TaskState.RUNNING, TaskState.SUCCEEDED);
        for (TaskState state : states) {
            boolean done = state == TaskState.SUCCEEDED;
            add(
                    new TranscodeEvent.TaskChanged(
                            id,
                            ++workerSequence,
                            at(),
                            "task-of-" + id,
                            "export",
                            "mp4",
                            state,
                            done ? 1 : 0,
                            START,
                            START,
                            done ? START : null,
                            done ? "media/" + id + "/out.mp4" : null,
                            done ? 1000 : 0,
                            null));
        }
    }

    private void hideAndSeek() {
        int end = random.nextInt(5);
        if (end >= 2) {
            add(new SessionEvent.Hidden(id, ++ingestSequence, at()));
        }
        if (end == 3) {
            add(new SessionEvent.Restored(id, ++ingestSequence, at()));
        }
        if (end == 4) {
            add(new SessionEvent.Removed(id, ++ingestSequence, at()));
        }
    }

    private Instant at() {
        return START.plusSeconds(ingestSequence + workerSequence);
    }

    private void add(Object event) {
        events.add(event);
    }
}
