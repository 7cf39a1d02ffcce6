package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.e2e.TapedeckClient.Answer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A recording that comes as a file plays like one that was recorded here, through each door.
@ExtendWith(Running.class)
class FileUploadE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String FILES = "/api/v1/files";

    private static TapedeckClient client;
    private static byte[] file;

    @BeforeAll
    static void reads() {
        client = new TapedeckClient(Running.url());
        Recording recorded = Recording.read(Running.CORPUS.resolve("chr-webm-vp8-480-t250"));
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < recorded.chunks().size(); i++) {
            bytes.writeBytes(recorded.bytes(i));
        }
        file = bytes.toByteArray();
    }

    @AfterAll
    static void closes() {
        client.close();
    }

    @Test
    void aFormPlays() {
        Answer answer = client.upload("/api/v1/uploads", "a day.webm", "video/webm", file);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        assertThat(answer.json().path("title").asText()).isEqualTo("a day.webm");
        plays(answer.json().path("id").asText());
    }

    @Test
    void aSimpleFormPlaysAtTheAddressItGets() {
        Answer answer = client.upload("/upload", "simple.webm", "video/webm", file);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        plays(answer.json().path("id").asText());
        Answer playlist = client.get(answer.json().path("playlist").asText());
        assertThat(playlist.status()).isEqualTo(200);
        assertThat(playlist.text()).startsWith("#EXTM3U");
    }

    @Test
    void aFileInTwoRequestsPlays() {
        Answer created =
                client.tus(
                        "POST",
                        FILES,
                        Map.of("Upload-Length", Integer.toString(file.length)),
                        new byte[0]);
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String path = created.headers().firstValue("Location").orElseThrow();
        int half = file.length / 2;
        assertThat(patch(path, 0, Arrays.copyOf(file, half)).status()).isEqualTo(204);
        Answer rest = patch(path, half, Arrays.copyOfRange(file, half, file.length));
        assertThat(rest.headers().firstValue("Upload-Offset")).contains("" + file.length);
        plays(created.json().path("id").asText());
    }

    private static Answer patch(String path, int offset, byte[] bytes) {
        var headers = Map.of("Upload-Offset", Integer.toString(offset));
        return client.tus("PATCH", path, headers, bytes);
    }

    private static void plays(String id) {
        Viewer viewer = new Viewer(client, id);
        viewer.await("ready", PATIENCE);
        assertThat(viewer.seconds()).isBetween(9.9, 10.2);
    }
}
