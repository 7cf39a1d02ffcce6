package io.tapedeck.playback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void comesBackAsItWasHandedOut() {
        var cursor = new Cursor(Instant.parse("2026-03-01T10:00:00.123456Z"), "x:y-Z_0");
        assertThat(Cursor.parse(cursor.text())).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!",
                "YWJj",
                "OmFiYw",
                "MToA",
                "LTE6YQ",
                "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk6YQ"
            })
    void whatWeDidNotMakeIsNone(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }
}
