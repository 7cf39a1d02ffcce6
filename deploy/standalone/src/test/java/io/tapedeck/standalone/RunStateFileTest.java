package io.tapedeck.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateFileTest {

    private static final RunState STATE =
            new RunState(
                    "http://localhost:1",
                    true,
                    "/d/secrets/owner-key",
                    7,
                    8,
                    List.of(new RunState.RunningProcess("kafka", 9, 10, 11)));

    @TempDir Path data;

    @BeforeEach
    void makeDirectory() throws IOException {
        Files.createDirectories(data.resolve("run"));
    }

    @Test
    void whatIsWrittenIsRead() {
        new RunStateFile(data).write(STATE);
        assertThat(new RunStateFile(data).read()).contains(STATE);
    }

    @Test
    void theNamesInTheFileAreAPromiseToOthers() throws IOException {
        new RunStateFile(data).write(STATE);
        assertThat(Files.readString(data.resolve("run/state.json")))
                .isEqualToIgnoringWhitespace(
                        """
                        {"url": "http://localhost:1", "ready": true,
                         "ownerKeyFile": "/d/secrets/owner-key", "launcherPid": 7,
                         "startedAtMillis": 8, "processes": [
                           {"name": "kafka", "pid": 9, "port": 10, "startedAtMillis": 11}]}
                        """);
    }

    @Test
    void noFileAndHalfAFileAreNoState() throws IOException {
        assertThat(new RunStateFile(data).read()).isEmpty();
        Files.writeString(data.resolve("run/state.json"), "{\"url\": \"http");
        assertThat(new RunStateFile(data).read()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsLeftAsItWas() throws IOException {
        var file = new RunStateFile(data);
        file.write(STATE);
        Files.createDirectory(data.resolve("run/state.json.new"));
        file.write(STATE);
        assertThat(file.read()).contains(STATE);
    }

    @Test
    void aLaterVersionMayHaveMore() throws IOException {
        Files.writeString(data.resolve("run/state.json"), "{\"url\": \"u\", \"colour\": 1}");
        assertThat(new RunStateFile(data).read()).map(RunState::url).contains("u");
    }

    @Test
    void deletingTwiceIsFine() {
        var file = new RunStateFile(data);
        file.write(STATE);
        file.delete();
        file.delete();
        assertThat(file.read()).isEmpty();
    }
}
