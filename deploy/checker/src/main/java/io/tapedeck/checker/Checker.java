package io.tapedeck.checker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Judges what was made of a session: its segments, and its MP4 if there is one.
///
/// It holds that each source picture is shown once, at its own time, and looks like itself; that
/// the sound is the source's, without a gap, a shift or a click; that timestamps rise, headers
/// agree, decoders are silent, and declared durations are true.
///
/// It needs `ffmpeg` and `ffprobe`, any version from 5.1 on.
public final class Checker {

    private final MediaTools tools;

    /// @param work an existing directory for what is decoded; the caller removes it
    public Checker(String ffmpeg, String ffprobe, Path work) {
        this.tools = new MediaTools(ffmpeg, ffprobe, work);
    }

    /// With the tools of `PATH`.
    public Checker(Path work) {
        this("ffmpeg", "ffprobe", work);
    }

    /// @param sources the runs in order, each one whole file as it was recorded; runs without a
    ///   frame are passed over
    /// @param segments all segments of one rendition in order, without gaps
    /// @param mp4 what was exported of them
    /// @throws IOException the tools do not run
    public Findings check(List<Path> sources, List<Segment> segments, Optional<Path> mp4)
            throws IOException {
        var notes = new Notes();
        var rendered = Rendered.read(tools, segments);
        notes.measure("segments", segments.size());
        new StreamCheck(tools, rendered, segments, notes).run();
        runs(sources, segments, rendered, notes);
        if (mp4.isPresent()) {
            new Mp4Check(tools, rendered, mp4.get(), notes).run();
        }
        return notes.findings();
    }

    private void runs(List<Path> files, List<Segment> segments, Rendered rendered, Notes notes)
            throws IOException {
        int width = rendered.hasPictures() ? size(rendered, "width") : 0;
        int height = rendered.hasPictures() ? size(rendered, "height") : 0;
        var sources = new ArrayList<Source>();
        for (Path file : files) {
            var source = Source.read(tools, file, width, height);
            if (!source.empty()) {
                sources.add(source);
            }
        }
        if (sources.size() != rendered.runStarts().size()) {
            notes.problem(
                    "number of runs",
                    "%d recorded, %d rendered"
                            .formatted(sources.size(), rendered.runStarts().size()));
            return;
        }
        List<byte[]> thumbnails =
                rendered.hasPictures()
                        ? Thumbnails.of(tools, rendered.joined(), width, height)
                        : List.of();
        notes.require(
                thumbnails.size() == rendered.pictures().size(),
                "pictures that cannot be decoded",
                "%d of %d".formatted(thumbnails.size(), rendered.pictures().size()));
        float[] pcm =
                rendered.sounds().isEmpty()
                        ? new float[0]
                        : tools.pcm(rendered.joined(), "-skip_manual");
        for (int i = 0; i < sources.size(); i++) {
            var span = new RunSpan(rendered, segments, i);
            String name = "run " + i;
            if (rendered.hasPictures()) {
                new PictureCheck(
                                name,
                                sources.get(i),
                                shown(rendered, thumbnails, span),
                                span.windows(),
                                notes)
                        .run();
            }
            if (sources.get(i).pcm().length > 0) {
                new SoundCheck(name, sources.get(i), span.part(pcm), span.joints(), notes).run();
            }
        }
    }

    private static TreeMap<Long, byte[]> shown(
            Rendered rendered, List<byte[]> thumbnails, RunSpan span) {
        var shown = new TreeMap<Long, byte[]>();
        for (int i = 0; i < Math.min(thumbnails.size(), rendered.pictures().size()); i++) {
            long at = rendered.pictures().get(i).time();
            if (span.startTicks() <= at && at < span.endTicks()) {
                shown.put(at - span.startTicks(), thumbnails.get(i));
            }
        }
        return shown;
    }

    private int size(Rendered rendered, String side) throws IOException {
        return Integer.parseInt(tools.entry(rendered.joined(), "v:0", "stream=" + side));
    }

    /// Joins the chunks of a run to one file.
    ///
    /// @param chunks in order
    public static Path join(List<Path> chunks, Path target) throws IOException {
        try (var out = Files.newOutputStream(target)) {
            for (Path chunk : chunks) {
                Files.copy(chunk, out);
            }
        }
        return target;
    }
}
