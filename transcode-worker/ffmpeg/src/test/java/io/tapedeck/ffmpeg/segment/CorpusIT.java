package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Checker;
import io.tapedeck.checker.Findings;
import io.tapedeck.checker.Segment;
import io.tapedeck.ffmpeg.export.ExportSource;
import io.tapedeck.ffmpeg.export.Mp4Exporter;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recording of the corpus: planned, read, rendered, exported, and judged by decoding.
@Execution(ExecutionMode.CONCURRENT)
class CorpusIT {

    /// An `avc1` of which only the header says how pictures are coded, and then their size changed.
    private static final String UNDECODABLE = "chr-mp4-avc1-resize-t1000";

    /// Where the first fragment behind that change begins.
    private static final int CHANGE_BYTES = 349_591;

    @TempDir private Path work;

    static List<String> recordings() throws Exception {
        return Recording.names().stream().filter(name -> !name.equals(UNDECODABLE)).toList();
    }

    @Test
    void whatCannotBeDecodedIsRefusedAndTheRestIsGood() throws Exception {
        var ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
        var recording = Recording.load(UNDECODABLE);
        var rendering = new Rendering(ffmpeg, recording, work);
        var good = rendering.allThatCanBe();

        assertThat(good).hasSize(4);
        assertThat(rendering.refusals()).containsOnlyKeys(4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(rendering.refusals().values())
                .allMatch(words ->
                        words.contains("pictures can be decoded") || words.contains("no picture"));
        byte[] before = Arrays.copyOf(recording.runs().getFirst(), CHANGE_BYTES);
        Path source = Files.write(work.resolve("before"), before);
        assertThat(new Checker(work).check(List.of(source), good, Optional.empty()).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void everyPictureAndSampleIsWhereItBelongs(String name) throws Exception {
        var ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
        var recording = Recording.load(name);
        var rendered = new Rendering(ffmpeg, recording, work).all();

        List<ExportSource> sources = new ArrayList<>();
        for (var segment : rendered) {
            sources.add(
                    new ExportSource(
                            Files.size(segment.file()),
                            () -> Files.newInputStream(segment.file())));
        }
        var exporter = new Mp4Exporter(ffmpeg, FfmpegLimits.forExport(), work);
        try (var mp4 = exporter.export(sources, _ -> {}, Cancellation.never())) {
            Findings findings = check(recording, rendered, mp4.path());
            System.out.println(name + " " + findings.measures());
            assertThat(findings.problems()).isEmpty();
        }
    }

    private Findings check(Recording recording, List<Segment> segments, Path mp4) throws Exception {
        List<Path> runs = new ArrayList<>();
        for (int i = 0; i < recording.runs().size(); i++) {
            runs.add(Files.write(work.resolve("run-" + i + ".mkv"), recording.runs().get(i)));
        }
        return new Checker(work).check(runs, segments, Optional.of(mp4));
    }
}
