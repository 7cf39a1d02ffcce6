package io.tapedeck.ingest.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.ingest.Api;
import io.tapedeck.ingest.Story;
import io.tapedeck.neighbours.NeighboursResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class SessionIT {

    @Test
    void aSessionTakesAChunkAndTellsOfIt() {
        Api.Session session = Api.open();
        session.put(0, Api.bytes("first")).then().statusCode(201);
        await().untilAsserted(() ->
                assertThat(Story.words(session.id())).containsExactly("Opened", "ChunkStored"));
    }
}
