package io.tapedeck.ingest.frames;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// What is said to a client.
final class FramesText {

    private static final JsonFactory JSON = new JsonFactory();

    private FramesText() {}

    static String error(String code, String message) {
        return write("ERROR", "code", code, "message", message);
    }

    /// @param base64 sound, 24 kHz, one channel, 16 bit, little-endian
    static String sound(String base64) {
        return write("AUDIO_STREAM_PAYLOAD", "audioChunk", base64);
    }

    static String close() {
        return write("CLOSE");
    }

    private static String write(String eventType, String... members) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("eventType", eventType);
            for (int i = 0; i < members.length; i += 2) {
                json.writeStringField(members[i], members[i + 1]);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no I/O here", e);
        }
        return text.toString();
    }
}
