package io.tapedeck.playback.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tapedeck.playback.catalog.StoryReader.UnreadableException;
import io.tapedeck.transcode.contract.TranscodeEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoryReaderTest {

    private final StoryReader<TranscodeEvent> reader =
            new StoryReader<>(
                    JsonMapper.builder()
                            .addModule(new JavaTimeModule())
                            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                            .build(),
                    TranscodeEvent.class);

    @Test
    void readsWhatItKnowsAndIgnoresTheRest() throws Exception {
        var event =
                read(
                        """
                        {"type": "failed", "sessionId": "s", "sequence": 3, "colour": "red",
                         "at": "2026-03-01T10:00:00Z", "code": "broken", "message": "Broken."}
                        """);
        assertThat(event)
                .isInstanceOfSatisfying(
                        TranscodeEvent.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo("broken"));
    }

    @Test
    void whatMayBeMissingMayBeMissing() throws Exception {
        var event =
                read(
                        """
                        {"type": "task-changed", "sessionId": "s", "sequence": 3,
                         "at": "2026-03-01T10:00:00Z", "taskId": "t", "taskType": "export",
                         "format": "mp4", "state": "queued", "createdAt": "2026-03-01T10:00:00Z"}
                        """);
        assertThat(event).isInstanceOf(TranscodeEvent.TaskChanged.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"type\": \"unheard-of\"}",
                "{\"type\": \"failed\", \"sessionId\": \"s\"}",
                "{\"type\": \"failed\", \"sessionId\": \"s\", \"sequence\": \"x\"}",
                "\u0000\u0001"
            })
    void saysWhenARecordIsNone(String value) {
        assertThatThrownBy(() -> read(value)).isInstanceOf(UnreadableException.class);
    }

    private TranscodeEvent read(String value) throws UnreadableException {
        return reader.read(value.getBytes(StandardCharsets.UTF_8));
    }
}
