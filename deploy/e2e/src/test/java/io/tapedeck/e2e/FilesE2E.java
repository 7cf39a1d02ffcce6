package io.tapedeck.e2e;

import static io.tapedeck.e2e.Shown.Colour.BLUE;
import static io.tapedeck.e2e.Shown.Colour.GREEN;
import static io.tapedeck.e2e.Shown.Colour.RED;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Playlist;
import io.tapedeck.checker.Segment;
import io.tapedeck.e2e.TapedeckClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Any file a person has plays, upright, in its size and colours, with its sound; whatever is no
/// recording says what it is.
@ExtendWith(Running.class)
class FilesE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final double SECONDS = 4;
    private static final double LOUD = 500;

    @TempDir Path folder;

    /// All at once, as the workers do it.
    @Test
    void everyFileIsSeenAndHeard() throws Exception {
        Path samples = folder.resolve("samples");
        Process making =
                new ProcessBuilder(Sample.FOLDER.resolve("make").toString(), samples.toString())
                        .inheritIO()
                        .start();
        assertThat(making.waitFor()).isZero();
        List<String> problems = new ArrayList<>();
        try (var client = new TapedeckClient(Running.url())) {
            Map<Sample, String> sessions = new LinkedHashMap<>();
            for (Sample sample : Sample.all()) {
                byte[] bytes = Files.readAllBytes(samples.resolve(sample.name()));
                Answer answer =
                        client.upload(
                                "/api/v1/uploads",
                                sample.name(),
                                "application/octet-stream",
                                bytes);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
                sessions.put(sample, answer.json().path("id").asText());
            }
            sessions.forEach((sample, id) -> {
                try {
                    judge(client, sample, id);
                } catch (Exception | AssertionError e) {
                    problems.add(sample + ": " + e.getMessage());
                }
            });
        }
        assertThat(problems).isEmpty();
    }

    private void judge(TapedeckClient client, Sample sample, String id) throws Exception {
        Viewer viewer = new Viewer(client, id);
        viewer.await("ready", PATIENCE);
        assertThat(viewer.seconds()).as("seconds").isBetween(SECONDS - 0.1, SECONDS + 0.15);
        assertThat(client.session(id).json().path("gaps")).as("gaps").isEmpty();
        var renditions = viewer.renditions();
        assertThat(renditions.containsKey("audio")).as("sound alone").isEqualTo(!sample.seen());
        if (sample.seen()) {
            assertThat(client.get("/hls/%s/master.m3u8".formatted(id)).text())
                    .contains(
                            "RESOLUTION=%dx%d"
                                    .formatted(sample.widthPixels(), sample.heightPixels()));
        }
        for (Map.Entry<String, Playlist> rendition : renditions.entrySet()) {
            List<Segment> segments =
                    viewer.segments(rendition.getValue(), folder.resolve(id + rendition.getKey()));
            judge(sample, segments, rendition.getKey());
        }
    }

    /// All segments are decoded at one go, as players do it.
    private void judge(Sample sample, List<Segment> segments, String rendition)
            throws IOException, InterruptedException {
        Path whole = Files.createTempFile(folder, "whole", ".ts");
        for (Segment segment : segments) {
            Files.write(whole, Files.readAllBytes(segment.file()), StandardOpenOption.APPEND);
        }
        Shown shown = new Shown(whole);
        if (sample.seen()) {
            List<byte[]> pictures = shown.pictures();
            byte[] begins = pictures.getFirst();
            byte[] ends = pictures.getLast();
            assertThat(Shown.colour(begins, false, false)).as(rendition).isEqualTo(GREEN);
            assertThat(Shown.colour(begins, true, true)).as(rendition).isEqualTo(RED);
            assertThat(Shown.colour(ends, false, false)).as(rendition).isEqualTo(GREEN);
            assertThat(Shown.colour(ends, true, true)).as(rendition).isEqualTo(BLUE);
        }
        if (sample.heard()) {
            assertThat(shown.loudness()).as("heard").isGreaterThan(LOUD);
        }
    }

    /// Whatever a file says of other files and addresses, it is only told what it is.
    @Test
    void whatIsNoRecordingSaysWhatItIs() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", "playlist (M3U8)");
        files.put("ffconcat version 1.0\nfile /etc/passwd\n", "joins other files");
        files.put("file '/etc/passwd'\nfile 'b.mp4'\n", "joins other files");
        files.put("<?xml version=\"1.0\"?><MPD><BaseURL>http://a/</BaseURL></MPD>", "XML");
        files.put("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n", "SDP");
        files.put("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", "subtitles");
        files.put("<!DOCTYPE html><html><body>Hello</body></html>", "web page");
        files.put("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", "SVG");
        files.put("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj", "PDF");
        files.put("PK\u0003\u0004\u0014\0\0\0\b\0\0\0\0\0\0\0", "ZIP");
        files.put("MZ\u0090\0\u0003\0\0\0\u0004\0\0\0\u00ff\u00ff\0\0", "program");
        files.put("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0\u0001\u0001\0\0\u0001", "JPEG");
        files.put("\0\0\0\u0018ftypheic\0\0\0\0heic", "HEIC");
        try (var client = new TapedeckClient(Running.url())) {
            Map<String, String> sessions = new LinkedHashMap<>();
            files.forEach((text, what) ->
                    sessions.put(
                            client.upload(
                                            "/api/v1/uploads",
                                            "film.mp4",
                                            "video/mp4",
                                            text.getBytes(ISO_8859_1))
                                    .json()
                                    .path("id")
                                    .asText(),
                            what));
            sessions.forEach((id, what) -> {
                new Viewer(client, id).await("failed", PATIENCE);
                assertThat(client.session(id).json().path("failure").path("message").asText())
                        .contains(what)
                        .contains("Send the recording itself");
            });
        }
    }
}
