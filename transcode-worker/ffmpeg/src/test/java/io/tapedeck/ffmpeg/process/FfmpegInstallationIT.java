package io.tapedeck.ffmpeg.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegInstallationIT {

    @TempDir private Path directory;

    @Test
    void findsTheOneInThePath() throws Exception {
        var found = FfmpegInstallation.locate("ffmpeg");

        assertThat(found.version()).matches("n?\\d+\\.\\d+.*");
    }

    @Test
    void saysWhatToDoWhenThereIsNone() {
        assertThatThrownBy(() -> FfmpegInstallation.locate("/nowhere/ffmpeg"))
                .isInstanceOf(FfmpegUnavailableException.class)
                .hasMessageContaining("/nowhere/ffmpeg")
                .hasMessageContaining("TAPEDECK_FFMPEG_PATH")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void namesTheProgramThatIsSomethingElse() {
        assertThatThrownBy(() -> FfmpegInstallation.locate("true"))
                .isInstanceOf(FfmpegUnavailableException.class)
                .hasMessageContaining("not ffmpeg");
    }

    @Test
    void passesOnWhyItDoesNotRun() throws Exception {
        assertThatThrownBy(
                        () -> FfmpegInstallation.locate(script("echo no libpulse >&2; exit 127")))
                .isInstanceOf(FfmpegUnavailableException.class)
                .hasMessageContaining("no libpulse");
    }

    @Test
    void listsWhatIsMissing() throws Exception {
        String lacking =
                script("ffmpeg \"$@\" | grep -v -e libx264 -e ' vp9 ' -e '^h264_metadata'");

        assertThatThrownBy(() -> FfmpegInstallation.locate(lacking))
                .isInstanceOf(FfmpegUnavailableException.class)
                .hasMessageContaining(
                        "lacks encoder libx264, decoder vp9, bitstream filter h264_metadata:");
    }

    private String script(String line) throws Exception {
        Path script = directory.resolve("ffmpeg");
        Files.writeString(script, "#!/bin/sh\n" + line + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script.toString();
    }
}
