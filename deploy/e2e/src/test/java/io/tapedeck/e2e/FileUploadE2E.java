package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.e2e.TapedeckClient.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A recording that comes as a file plays like one that was recorded here, through each door.
@ExtendWith(Running.class)
class FileUploadE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static TapedeckClient client;
    private static byte[] file;

    @BeforeAll
    static void reads() {
        client = new TapedeckClient(Running.url());
        file = Recording.read(Running.CORPUS.resolve("chr-webm-vp8-480-t250")).bytes();
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
        TusFile sent = TusFile.create(client, file);
        int half = file.length / 2;
        assertThat(sent.patch(client, 0, half).status()).isEqualTo(204);
        assertThat(TusFile.offset(sent.patch(client, half, file.length))).isEqualTo(file.length);
        plays(sent.id());
    }

    private static void plays(String id) {
        Viewer viewer = new Viewer(client, id);
        viewer.await("ready", PATIENCE);
        assertThat(viewer.seconds()).isBetween(9.9, 10.2);
    }
}
