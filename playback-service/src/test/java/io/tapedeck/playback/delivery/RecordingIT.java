package io.tapedeck.playback.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import io.tapedeck.transcode.contract.ExportFormat;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TaskState;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Files of what came as frames.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class RecordingIT {

    @Inject Stage stage;

    private final String name = "cam-" + UUID.randomUUID() + "_20261121T101530Z";

    @Test
    void listsAndServesWhatIsFinished() {
        Told told = new Told(stage).opened("cam", "video/x-matroska").completedFrames(name);
        assertThat(listed("video")).doesNotContain(name + ".mp4");
        file(told, ExportFormat.FRAMES_MP4, "an mp4");
        file(told, ExportFormat.WAV, "a wav file");
        await().until(() -> listed("video").contains(name + ".mp4"));
        await().until(() -> listed("audio").contains(name + ".wav"));
        assertThat(listed("video")).doesNotContain(name + ".wav");

        owner().get("/recordings/" + name + ".mp4")
                .then()
                .statusCode(200)
                .contentType("video/mp4")
                .header("Content-Length", "6")
                .header("Cache-Control", containsString("private"))
                .body(equalTo("an mp4"));
        owner().get("/recordings/" + told.id + ".wav").then().body(equalTo("a wav file"));
        owner().header("Range", "bytes=2-4")
                .get("/recordings/" + name + ".wav")
                .then()
                .statusCode(206)
                .contentType("audio/wav")
                .header("Content-Range", "bytes 2-4/10")
                .body(equalTo("wav"));
    }

    @Test
    void whatIsDeletedIsNotThere() {
        Told told = new Told(stage).opened("cam", "video/x-matroska").completedFrames(name);
        file(told, ExportFormat.WAV, "a wav file");
        await().until(() -> listed("audio").contains(name + ".wav"));
        told.hidden();
        await().until(() -> !listed("audio").contains(name + ".wav"));
        owner().get("/recordings/" + name + ".wav").then().statusCode(404);
        told.restored();
        await().until(() -> listed("audio").contains(name + ".wav"));
        told.removed();
        await().until(() -> !listed("audio").contains(name + ".wav"));
    }

    @Test
    void otherFilesHaveNoNameHere() {
        Told told = new Told(stage).opened("a talk", "video/webm").completed();
        file(told, ExportFormat.MP4, "an mp4");
        Told frames = new Told(stage).opened("cam", "video/x-matroska").completedFrames(name);
        file(frames, ExportFormat.MP4, "pictures and sound");
        await().until(() ->
                given().get("/media/{id}/recording.mp4", frames.id).statusCode() == 200);
        assertThat(listed("video")).doesNotContain(name + ".mp4");
    }

    @Test
    void onlyTheOwnerLooks() {
        given().get("/recordings").then().statusCode(401);
        given().get("/recordings/a_1.mp4").then().statusCode(401);
        for (String unknown : List.of("a_1.mp4", "none", ".mp4", "..%2F..%2Fetc", "a.mp4.wav")) {
            owner().urlEncodingEnabled(false).get("/recordings/" + unknown).then().statusCode(404);
        }
    }

    private static RequestSpecification owner() {
        return given().header("Authorization", "Bearer " + NeighboursResource.OWNER_KEY);
    }

    private static List<String> listed(String kind) {
        return owner().get("/recordings").then().statusCode(200).extract().path(kind);
    }

    private void file(Told told, String format, String content) {
        String taskId = UUID.randomUUID().toString();
        String key = SegmentKeys.export(told.id, taskId, "1", ExportFormat.extension(format));
        stage.store(key, content);
        told.task(taskId, format, TaskState.SUCCEEDED, 1, key, content.length(), null);
    }
}
