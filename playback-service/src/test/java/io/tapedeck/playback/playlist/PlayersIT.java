package io.tapedeck.playback.playlist;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lets ffmpeg, as a player, read real segments through every door. Left out where there is none.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class PlayersIT {

    private static final int WINDOWS = 3;

    @Inject Stage stage;
    @TempDir Path directory;

    @Test
    void aPlayerSeesEveryPictureOnce() throws Exception {
        Assumptions.assumeTrue(installed(), "no ffmpeg on the PATH");
        run(
                List.of(
                        ("ffmpeg -v error -f lavfi -i testsrc2=size=320x180:rate=30"
                                        + " -f lavfi -i sine=sample_rate=48000 -t 6 -c:v libx264"
                                        + " -preset ultrafast -bf 0 -force_key_frames"
                                        + " expr:gte(t,n_forced*2) -c:a aac -f segment"
                                        + " -segment_time 2 -segment_format mpegts %03d.ts")
                                .split(" ")));
        Told told = new Told(stage).opened("", "video/webm").rendition();
        for (int window = 0; window < WINDOWS; window++) {
            byte[] content = Files.readAllBytes(directory.resolve("%03d.ts".formatted(window)));
            told.segment(1, window, 0, content);
        }
        told.completed().planned(WINDOWS, true).chunk(0, "x");
        String master = "/hls/%s/master.m3u8".formatted(told.id);
        await().untilAsserted(() ->
                given().get(master.replace("master", "720p/index"))
                        .then()
                        .body(containsString("ENDLIST")));

        String url = Stage.uri(master).toString();
        String frames =
                run(
                        List.of(
                                ("ffprobe -v error -select_streams v -count_frames -show_entries"
                                                + " stream=nb_read_frames,width,codec_name -of csv=p=0 "
                                                + url)
                                        .split(" ")));
        String duration =
                run(
                        List.of(
                                ("ffprobe -v error -show_entries format=duration -of csv=p=0 "
                                                + url)
                                        .split(" ")));

        assertThat(frames).contains("h264,320,180");
        assertThat(Double.parseDouble(duration.strip())).isCloseTo(6, within(0.1));
    }

    private boolean installed() throws InterruptedException {
        try {
            run(List.of("ffmpeg", "-version"));
            run(List.of("ffprobe", "-version"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
