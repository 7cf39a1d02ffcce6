package io.tapedeck.ingest.frames;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.tapedeck.ingest.matroska.JpegException;
import io.tapedeck.ingest.matroska.JpegSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Reads a client's JSON. Base64 is decoded while it is read; of everything else only a little is
/// kept. Thread-safe.
final class MessageReader {

    private static final int LONGEST_ID = 200;
    private static final int DEEPEST = 8;
    private static final int LONGEST_NAME = 100;

    /// Not of base64, which is no string to the parser.
    private static final int LONGEST_STRING = 1000;

    private final int maxFrameBytes;
    private final JsonFactory json;

    /// @param maxFrameBytes longest picture
    MessageReader(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
        this.json =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(DEEPEST)
                                        .maxNameLength(LONGEST_NAME)
                                        .maxStringLength(LONGEST_STRING)
                                        .maxNumberLength(LONGEST_NAME)
                                        .build())
                        // Names of hostile clients are not worth keeping.
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .build();
    }

    /// The fields that have a meaning; of one that comes twice the last.
    private static final class Fields {
        @Nullable String eventType;
        @Nullable String id;
        @Nullable String mediaSourceType;
        @Nullable String recording;
        byte @Nullable [] chunk;
    }

    /// @param text UTF-8
    /// @throws FramesException it means nothing
    FramesMessage read(byte[] text) throws FramesException {
        Fields fields = fields(text);
        String event = fields.eventType;
        if (event == null) {
            throw FramesError.EVENT_UNKNOWN.because("A message says its eventType.");
        }
        return switch (event) {
            case "CONNECT" -> new FramesMessage.Connect(id(fields.id));
            case "STREAM" -> stream(fields);
            case "REQUEST_AUDIO_STREAM_PLAYBACK" ->
                    new FramesMessage.PlaybackRequest(fields.recording);
            case "CLOSE" -> new FramesMessage.Close();
            default ->
                    throw FramesError.EVENT_UNKNOWN.because(
                            "Known are CONNECT, STREAM, REQUEST_AUDIO_STREAM_PLAYBACK and CLOSE.");
        };
    }

    private static String id(@Nullable String id) throws FramesException {
        if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
            throw FramesError.CLIENT_ID_INVALID.because(
                    "CONNECT has an id of 1 to %d characters.".formatted(LONGEST_ID));
        }
        return id.strip();
    }

    private FramesMessage stream(Fields fields) throws FramesException {
        String source = fields.mediaSourceType == null ? "" : fields.mediaSourceType;
        boolean picture = source.equals("VIDEO");
        if (!picture && !source.equals("AUDIO")) {
            throw FramesError.MEDIA_SOURCE_UNKNOWN.because("mediaSourceType is VIDEO or AUDIO.");
        }
        byte[] chunk = fields.chunk;
        if (chunk == null || chunk.length == 0) {
            throw FramesError.CHUNK_NOT_BASE64.because(
                    "encodedMediaChunk has bytes, in base64 (RFC 4648 §4).");
        }
        return picture ? picture(chunk) : sound(chunk);
    }

    private FramesMessage picture(byte[] jpeg) throws FramesException {
        if (jpeg.length > maxFrameBytes) {
            throw FramesError.FRAME_TOO_LARGE.because(
                    "A picture has at most %d bytes.".formatted(maxFrameBytes));
        }
        try {
            return new FramesMessage.Picture(jpeg, JpegSize.of(jpeg));
        } catch (JpegException e) {
            throw (e.isTooLarge() ? FramesError.FRAME_TOO_LARGE : FramesError.FRAME_NOT_JPEG)
                    .because(e.detail());
        }
    }

    private static FramesMessage sound(byte[] pcm) throws FramesException {
        if (pcm.length % 2 != 0) {
            throw FramesError.SAMPLES_ODD.because(
                    "Sound comes in whole samples of two bytes; these %d bytes are not taken."
                            .formatted(pcm.length));
        }
        return new FramesMessage.Sound(pcm);
    }

    private Fields fields(byte[] text) throws FramesException {
        var fields = new Fields();
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw FramesError.JSON_INVALID.because("A message is one JSON object.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                read(fields, name, parser);
            }
            if (parser.nextToken() != null) {
                throw FramesError.JSON_INVALID.because("A message is one JSON object.");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw FramesError.JSON_INVALID.because("This cannot be read as JSON.");
        } catch (IOException e) {
            throw new UncheckedIOException("there is no I/O here", e);
        }
    }

    private static void read(Fields fields, String name, JsonParser parser)
            throws IOException, FramesException {
        switch (name) {
            case "eventType" -> fields.eventType = scalar(parser);
            case "id" -> fields.id = scalar(parser);
            case "mediaSourceType" -> fields.mediaSourceType = scalar(parser);
            case "recording" -> fields.recording = scalar(parser);
            case "encodedMediaChunk" -> fields.chunk = base64(parser);
            default -> parser.skipChildren();
        }
    }

    /// Some clients have numbers for ids.
    private static @Nullable String scalar(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        parser.skipChildren();
        return token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getText() : null;
    }

    private static byte @Nullable [] base64(JsonParser parser) throws IOException, FramesException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return null;
        }
        try {
            return parser.getBinaryValue();
        } catch (JsonProcessingException e) {
            throw FramesError.CHUNK_NOT_BASE64.because(
                    "encodedMediaChunk is no base64 (RFC 4648 §4).");
        }
    }
}
