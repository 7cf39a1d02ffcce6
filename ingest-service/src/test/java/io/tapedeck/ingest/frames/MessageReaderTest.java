package io.tapedeck.ingest.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tapedeck.ingest.matroska.JpegSize;
import io.tapedeck.ingest.matroska.Jpegs;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private final MessageReader reader = new MessageReader(10_000);

    @Test
    void readsWhatClientsSay() throws Exception {
        assertThat(read("{\"eventType\": \"CONNECT\", \"id\": \" cam 1 \"}"))
                .isEqualTo(new FramesMessage.Connect("cam 1"));
        assertThat(read("{\"id\": 42, \"eventType\": \"CONNECT\"}"))
                .isEqualTo(new FramesMessage.Connect("42"));
        assertThat(read("{\"eventType\":\"CLOSE\"}")).isEqualTo(new FramesMessage.Close());
        assertThat(read("{\"eventType\":\"REQUEST_AUDIO_STREAM_PLAYBACK\"}"))
                .isEqualTo(new FramesMessage.PlaybackRequest(null));
        assertThat(
                        read(
                                "{\"eventType\":\"REQUEST_AUDIO_STREAM_PLAYBACK\",\"recording\":\"a.wav\"}"))
                .isEqualTo(new FramesMessage.PlaybackRequest("a.wav"));
    }

    @Test
    void readsAPicture() throws Exception {
        byte[] jpeg = Jpegs.of(33, 21, 1);
        assertThat(read(stream("VIDEO", Base64.getEncoder().encodeToString(jpeg))))
                .asInstanceOf(type(FramesMessage.Picture.class))
                .satisfies(picture -> {
                    assertThat(picture.jpeg()).isEqualTo(jpeg);
                    assertThat(picture.size()).isEqualTo(new JpegSize(33, 21));
                });
    }

    @Test
    void readsSoundWhateverTheOrderOfFieldsAndSkipsWhatItDoesNotKnow() throws Exception {
        String text =
                "{\"encodedMediaChunk\":\"AQIDBA==\",\"x\":{\"y\":[1,[2]]},"
                        + "\"mediaSourceType\":\"AUDIO\",\"eventType\":\"STREAM\"}";
        assertThat(read(text))
                .asInstanceOf(type(FramesMessage.Sound.class))
                .satisfies(sound -> assertThat(sound.pcm()).containsExactly(1, 2, 3, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "null",
                "\"STREAM\"",
                "{\"eventType\":\"CLOSE\"",
                "{\"eventType\":\"CLOSE\"}}",
                "{\"eventType\":\"CLOSE\"} {}",
                "{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}",
                "{\"eventType\": NaN}",
                "{\"\u0001\":1}",
            })
    void saysNoToWhatIsNoJson(String text) {
        refused("json-invalid", text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event-unknown        | {}",
                "event-unknown        | {\"eventType\":\"connect\"}",
                "event-unknown        | {\"eventType\":null}",
                "event-unknown        | {\"eventType\":{\"a\":1}}",
                "client-id-invalid    | {\"eventType\":\"CONNECT\"}",
                "client-id-invalid    | {\"eventType\":\"CONNECT\",\"id\":\" \"}",
                "media-source-unknown | {\"eventType\":\"STREAM\",\"encodedMediaChunk\":\"AQI=\"}",
                "chunk-not-base64     | {\"eventType\":\"STREAM\",\"mediaSourceType\":\"AUDIO\"}",
                "samples-odd          | {\"eventType\":\"STREAM\",\"mediaSourceType\":\"AUDIO\",\"encodedMediaChunk\":\"AQID\"}",
            })
    void saysWhatIsWrong(String code, String text) {
        refused(code, text);
    }

    @ParameterizedTest
    @CsvSource({
        "chunk-not-base64, VIDEO, ''",
        "chunk-not-base64, AUDIO, '***='",
        "chunk-not-base64, AUDIO, 'AQI'",
        "frame-not-jpeg, VIDEO, 'AQIDBAUG'",
        "media-source-unknown, SCREEN, 'AQI='",
    })
    void saysWhatIsWrongWithAChunk(String code, String source, String base64) {
        refused(code, stream(source, base64));
    }

    @Test
    void saysNoToPicturesThatAreTooLarge() {
        String base64 = Base64.getEncoder().encodeToString(new byte[10_001]);
        refused("frame-too-large", stream("VIDEO", base64));
    }

    private FramesMessage read(String text) throws FramesException {
        return reader.read(text.getBytes(UTF_8));
    }

    private void refused(String code, String text) {
        assertThatExceptionOfType(FramesException.class)
                .isThrownBy(() -> read(text))
                .matches(e -> e.code().equals(code), code);
    }

    private static String stream(String source, String base64) {
        return "{\"eventType\":\"STREAM\",\"mediaSourceType\":\"%s\",\"encodedMediaChunk\":\"%s\"}"
                .formatted(source, base64);
    }
}
