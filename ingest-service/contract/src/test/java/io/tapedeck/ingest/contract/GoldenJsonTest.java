package io.tapedeck.ingest.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Pins the JSON on the wire. When one of these fails, consumers that run already would break.
class GoldenJsonTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private static final String SESSION = "3k9vq0x7m2t8s1w6c5z4r0y7pn";
    private static final Instant AT = Instant.parse("2026-11-21T10:15:30.123456Z");
    private static final String SHA256 =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final List<SessionEvent> EVENTS =
            List.of(
                    new SessionEvent.Opened(
                            SESSION, 1, AT, "Stand-up", "video/webm;codecs=vp8,opus", true),
                    new SessionEvent.ChunkStored(
                            SESSION,
                            2,
                            AT,
                            41,
                            1,
                            ChunkKeys.attempt(SESSION, 41, "6f1e"),
                            262_144,
                            SHA256),
                    new SessionEvent.Interrupted(SESSION, 3, AT),
                    new SessionEvent.Resumed(SESSION, 4, AT),
                    new SessionEvent.Completed(
                            SESSION,
                            5,
                            AT,
                            51,
                            List.of(new IndexRange(42, 42), new IndexRange(49, 50)),
                            new SessionEvent.Files("door-cam_20261121T101530Z", true, false)),
                    new SessionEvent.Hidden(SESSION, 6, AT),
                    new SessionEvent.Restored(SESSION, 7, AT),
                    new SessionEvent.Removed(SESSION, 8, AT),
                    new SessionEvent.ChunksForgotten(SESSION, 9, AT, 1200));

    @TestFactory
    Stream<DynamicTest> everyEventIsWrittenAndReadAsItWas() {
        return EVENTS.stream()
                .map(event ->
                        DynamicTest.dynamicTest(
                                event.getClass().getSimpleName(),
                                () -> {
                                    JsonNode golden = golden(event);
                                    JsonNode written = JSON.readTree(JSON.writeValueAsBytes(event));
                                    assertThat(written).isEqualTo(golden);
                                    assertThat(JSON.treeToValue(golden, SessionEvent.class))
                                            .isEqualTo(event);
                                }));
    }

    @Test
    void everyKindOfEventHasItsFile() {
        Set<Class<?>> shown = EVENTS.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(shown).containsExactlyInAnyOrder(SessionEvent.class.getPermittedSubclasses());
    }

    @Test
    void readersIgnoreFieldsTheyDoNotKnow() throws Exception {
        SessionEvent event = EVENTS.getFirst();
        ObjectNode newer = ((ObjectNode) golden(event)).put("addedLater", 1);
        assertThat(JSON.treeToValue(newer, SessionEvent.class)).isEqualTo(event);
    }

    @Test
    void ofACameraItIsSaidHowItIsCutAndHowMuchIsKept() throws Exception {
        var camera = new SessionEvent.Opened(SESSION, 1, AT, "Door", "video/mp4", true, 1, 86_400);
        JsonNode written = JSON.readTree(JSON.writeValueAsBytes(camera));
        assertThat(written.get("segmentSeconds").asInt()).isEqualTo(1);
        assertThat(written.get("historySeconds").asLong()).isEqualTo(86_400);
        assertThat(JSON.treeToValue(written, SessionEvent.class)).isEqualTo(camera);
    }

    private static JsonNode golden(SessionEvent event) throws IOException {
        String name = "/golden/" + event.getClass().getSimpleName() + ".json";
        try (InputStream in = GoldenJsonTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return JSON.readTree(in);
        }
    }
}
