package io.tapedeck.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.standalone.child.CannotStart;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static final Path DEFAULT_DATA = Path.of("data");

    @Test
    void withoutArgumentsItIsForThisMachineAlone() {
        assertThat(parse())
                .isEqualTo(new Options("127.0.0.1", 8080, DEFAULT_DATA, 1, false, false));
    }

    @Test
    void bothWaysOfWritingAValue() {
        assertThat(parse("--port", "0", "--host=0.0.0.0", "--data", "/d", "--workers=3"))
                .isEqualTo(new Options("0.0.0.0", 0, Path.of("/d"), 3, false, false));
    }

    @Test
    void theKeyIsRequiredOfEverybodyWhenAsked() {
        assertThat(parse("--require-key", "--port=1").requireKey()).isTrue();
    }

    @Test
    void helpIsSeenAnywhere() {
        assertThat(parse("--port", "1", "--help").help()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port",
                "--port=-1",
                "--port=65536",
                "--port=http",
                "--workers=0",
                "--workers=65",
                "--prot=1",
                "8080",
                "--port=",
                "--require-key=no"
            })
    void nonsenseIsRefusedInOneLineThatNamesIt(String argument) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(CannotStart.class)
                .message()
                .hasLineCount(1)
                .contains(argument.replaceFirst("=.*", ""));
    }

    @Test
    void theHelpNamesEveryOption() {
        assertThat(Options.helpText())
                .contains("--port", "--host", "--data", "--workers", "--require-key");
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), DEFAULT_DATA);
    }
}
