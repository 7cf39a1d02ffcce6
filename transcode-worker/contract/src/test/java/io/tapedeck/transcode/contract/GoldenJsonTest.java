package io.tapedeck.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Pins the JSON on the wire: a failing golden file means that consumers would break.
class GoldenJsonTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private static final Instant AT = Instant.parse("2026-11-21T10:15:30.125Z");
    private static final String SESSION = "n3tWqPq1x0aU6mW2fEo9yQ";
    private static final String TASK = "5f0c5d7e-2f8e-3a58-9d5c-1f0b8d0a7c11";

    /// One message and the file that pins it.
    record Golden(String file, Class<?> type, Object message) {}

    private static final List<Golden> MESSAGES =
            List.of(
                    event(
                            "rendition-planned",
                            new TranscodeEvent.RenditionPlanned(
                                    SESSION, 1, AT, "720p", 1, 1280, 720, 2, 1, false)),
                    event(
                            "rendition-ended",
                            new TranscodeEvent.RenditionEnded(SESSION, 10, AT, "720p", 1, 11)),
                    event(
                            "rendition-withdrawn",
                            new TranscodeEvent.RenditionWithdrawn(
                                    SESSION, 11, AT, "source", 1, "Its keyframes are rare.")),
                    event(
                            "segment-ready",
                            new TranscodeEvent.SegmentReady(
                                    SESSION,
                                    7,
                                    AT,
                                    "720p",
                                    1,
                                    3,
                                    0,
                                    540_000,
                                    180_000,
                                    SegmentKeys.segment(SESSION, "720p", 1, 3, "9f86d081884c7d65"),
                                    "9f86d081884c7d65",
                                    312_644,
                                    "avc1.64001f,mp4a.40.2",
                                    60,
                                    AT.minusSeconds(4))),
                    event(
                            "window-failed",
                            new TranscodeEvent.WindowFailed(
                                    SESSION,
                                    8,
                                    AT,
                                    "720p",
                                    1,
                                    4,
                                    0,
                                    720_000,
                                    180_000,
                                    "The picture data is damaged.",
                                    null)),
                    event(
                            "planned",
                            new TranscodeEvent.Planned(
                                    SESSION,
                                    9,
                                    AT,
                                    11,
                                    1_845_120,
                                    true,
                                    List.of(
                                            new TranscodeEvent.Gap(
                                                    900_000, 90_000, "Chunk 5 never arrived.")))),
                    event(
                            "converting",
                            new TranscodeEvent.Converting(SESSION, 9, AT, 0.375, 412_000L)),
                    event(
                            "history-moved",
                            new TranscodeEvent.HistoryMoved(
                                    SESSION,
                                    9,
                                    AT,
                                    5_400_000,
                                    List.of(new TranscodeEvent.Start("grid", 30, 1, 5_399_100)))),
                    event(
                            "history-forgotten",
                            new TranscodeEvent.HistoryForgotten(SESSION, 10, AT, "grid", 30)),
                    event(
                            "failed",
                            new TranscodeEvent.Failed(
                                    SESSION,
                                    2,
                                    AT,
                                    "not-a-recording",
                                    "This is not a recording that can be read.")),
                    event(
                            "task-changed-queued",
                            new TranscodeEvent.TaskChanged(
                                    SESSION,
                                    10,
                                    AT,
                                    TASK,
                                    "export",
                                    "mp4",
                                    TaskState.QUEUED,
                                    0,
                                    AT,
                                    null,
                                    null,
                                    null,
                                    0,
                                    null)),
                    event(
                            "task-changed-succeeded",
                            new TranscodeEvent.TaskChanged(
                                    SESSION,
                                    12,
                                    AT,
                                    TASK,
                                    "export",
                                    "mp4",
                                    TaskState.SUCCEEDED,
                                    1,
                                    AT,
                                    AT,
                                    AT,
                                    SegmentKeys.export(SESSION, TASK, "1", "mp4"),
                                    2_410_022,
                                    null)),
                    event(
                            "checked",
                            new TranscodeEvent.Checked(
                                    SESSION,
                                    13,
                                    AT,
                                    false,
                                    List.of(
                                            new TranscodeEvent.Check(
                                                    "stored",
                                                    CheckResult.FAILED,
                                                    "Segments are not in the store as they were made, in 1 of 11 places.",
                                                    1,
                                                    List.of(
                                                            new TranscodeEvent.Place(
                                                                    "720p",
                                                                    540_000,
                                                                    "This part is not in the store."))),
                                            new TranscodeEvent.Check(
                                                    "file",
                                                    CheckResult.NOT_APPLICABLE,
                                                    "There is no MP4 yet.",
                                                    0,
                                                    List.of())),
                                    List.of(
                                            new TranscodeEvent.Gap(
                                                    900_000, 90_000, "Chunk 5 never arrived.")))),
                    event(
                            "previewed",
                            new TranscodeEvent.Previewed(
                                    SESSION,
                                    14,
                                    AT,
                                    new TranscodeEvent.Picture(
                                            SegmentKeys.preview(
                                                    SESSION, "poster", "2c26b46b68ffc68f"),
                                            81_233,
                                            1280,
                                            720),
                                    new TranscodeEvent.Storyboard(
                                            List.of(
                                                    new TranscodeEvent.Picture(
                                                            SegmentKeys.preview(
                                                                    SESSION,
                                                                    "storyboard",
                                                                    "9f86d081884c7d65"),
                                                            20_102,
                                                            320,
                                                            90)),
                                            160,
                                            90,
                                            2,
                                            1,
                                            List.of(0L, 180_000L),
                                            345_600))),
                    event(
                            "windows-planned",
                            new TranscodeEvent.WindowsPlanned(
                                    SESSION,
                                    14,
                                    AT,
                                    1,
                                    "grid",
                                    10,
                                    List.of(
                                            new TranscodeEvent.Span(
                                                    0, 1_800_000, AT, List.of(180_000L, 45_120L)),
                                            new TranscodeEvent.Span(
                                                    1, 2_026_240, null, List.of(180_000L))))),
                    command("export", new TranscodeCommand.Export(SESSION, TASK, AT, "mp4", 2)),
                    command(
                            "render",
                            new TranscodeCommand.Render(
                                    SESSION, TASK, AT, List.of("480p", "360p"))),
                    command("cancel-task", new TranscodeCommand.CancelTask(SESSION, TASK, AT)),
                    command("retry-task", new TranscodeCommand.RetryTask(SESSION, TASK, AT)),
                    command("want", new TranscodeCommand.Want(SESSION, AT, "720p", 1, 3)),
                    command(
                            "cancel-processing",
                            new TranscodeCommand.CancelProcessing(SESSION, AT)),
                    job("render", new TranscodeJob.Render(SESSION, 1, "grid", 3)),
                    job("export", new TranscodeJob.Export(SESSION, TASK)),
                    job("convert", new TranscodeJob.Convert(SESSION, 2)));

    private static Golden event(String name, TranscodeEvent event) {
        return new Golden("event-" + name, TranscodeEvent.class, event);
    }

    private static Golden command(String name, TranscodeCommand command) {
        return new Golden("command-" + name, TranscodeCommand.class, command);
    }

    private static Golden job(String name, TranscodeJob job) {
        return new Golden("job-" + name, TranscodeJob.class, job);
    }

    @TestFactory
    Stream<DynamicTest> writesTheGoldenFile() {
        return MESSAGES.stream()
                .map(golden ->
                        DynamicTest.dynamicTest(
                                golden.file(),
                                () ->
                                        assertThat(
                                                        JSON.readTree(
                                                                JSON.writeValueAsBytes(
                                                                        golden.message())))
                                                .isEqualTo(read(golden.file()))));
    }

    @TestFactory
    Stream<DynamicTest> readsTheGoldenFileAndIgnoresWhatItDoesNotKnow() {
        return MESSAGES.stream()
                .map(golden ->
                        DynamicTest.dynamicTest(
                                golden.file(),
                                () -> {
                                    ObjectNode json = (ObjectNode) read(golden.file());
                                    json.put("fromTheFuture", true);
                                    assertThat(JSON.treeToValue(json, golden.type()))
                                            .isEqualTo(golden.message());
                                }));
    }

    @Test
    void anExportFromBeforeItsGenerationWasSentIsRead() throws IOException {
        ObjectNode json = (ObjectNode) read("command-export");
        json.remove("generation");
        assertThat(JSON.treeToValue(json, TranscodeCommand.class))
                .isEqualTo(new TranscodeCommand.Export(SESSION, TASK, AT, "mp4", null));
    }

    @Test
    void everyMessageIsPinned() {
        Set<String> pinned =
                MESSAGES.stream()
                        .map(golden -> golden.message().getClass().getName())
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known =
                Stream.of(TranscodeEvent.class, TranscodeCommand.class, TranscodeJob.class)
                        .flatMap(GoldenJsonTest::records)
                        .map(Class::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(pinned).isEqualTo(known);
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(GoldenJsonTest::records);
    }

    private static JsonNode read(String name) throws IOException {
        try (InputStream in =
                GoldenJsonTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(in).as("golden file %s", name).isNotNull();
            return JSON.readTree(in);
        }
    }
}
