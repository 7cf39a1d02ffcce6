package io.tapedeck.playback.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The same stories as in `CatalogFoldTest`, in real rows.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class CatalogFoldIT {

    private static final List<String> TABLES =
            List.of("session", "chunk", "rendition", "segment", "planned_part", "task");

    @Inject FoldRepository rows;
    @Inject EntityManager entities;
    @Inject KafkaClientService kafka;
    @Inject Stage stage;

    @Test
    void anyOrderAndAnyRepetitionGiveTheSameRows() {
        for (long seed = 0; seed < 6; seed++) {
            String id = "fold-" + seed;
            List<Object> events = Tellings.life(id, new SplittableRandom(seed));

            tell(events);
            List<?> inOrder = dump(id);
            forget(id);
            tell(Tellings.garbled(events, new SplittableRandom(seed + 1000)));

            assertThat(dump(id)).as("seed %d", seed).isEqualTo(inOrder);
            assertThat(inOrder.toString()).contains(id);
            forget(id);
        }
    }

    @Test
    void theTopicsToldAgainGiveTheSameRows() {
        Told told = Told.ready(stage, 4);
        Told removed = Told.ready(stage, 1).removed();
        await().until(() -> dump(told.id).toString().contains("ready"));
        await().until(() -> dump(removed.id).toString().contains("REMOVED"));
        List<?> before = dump(told.id);
        List<?> tombstone = dump(removed.id);
        forget(told.id);
        forget(removed.id);

        fromTheBeginning("sessions");
        fromTheBeginning("segments");

        await().untilAsserted(() -> assertThat(dump(told.id)).isEqualTo(before));
        await().untilAsserted(() -> assertThat(dump(removed.id)).isEqualTo(tombstone));
    }

    private void tell(List<Object> events) {
        var fold = new CatalogFold(rows);
        events.forEach(
                event -> QuarkusTransaction.requiringNew().run(() -> Tellings.tell(fold, event)));
    }

    private List<?> dump(String id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> TABLES.stream().flatMap(table -> dump(table, id).stream()).toList());
    }

    private List<?> dump(String table, String id) {
        return entities.createNativeQuery(
                        "select row_to_json(t)::text from %s t where %s = ?1 order by 1"
                                .formatted(table, owner(table)))
                .setParameter(1, id)
                .getResultList();
    }

    private void forget(String id) {
        QuarkusTransaction.requiringNew()
                .run(() ->
                        TABLES.reversed()
                                .forEach(table ->
                                        entities.createNativeQuery(
                                                        "delete from %s where %s = ?1"
                                                                .formatted(table, owner(table)))
                                                .setParameter(1, id)
                                                .executeUpdate()));
    }

    private static String owner(String table) {
        return table.equals("session") ? "id" : "session_id";
    }

    private void fromTheBeginning(String channel) {
        kafka.getConsumer(channel)
                .runOnPollingThread(consumer -> {
                    consumer.seekToBeginning(consumer.assignment());
                })
                .await()
                .indefinitely();
    }
}
