package io.tapedeck.chassis.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// [Outbox] on the service's own database. Messages of one transaction are handed to the sender
/// when, and only when, it has committed.
@ApplicationScoped
class JdbcOutbox implements Outbox {

    /// In one statement.
    private static final int BATCH = 1000;

    private final JdbcOutboxRepository rows;
    private final TransactionSynchronizationRegistry transactions;
    private final KafkaOutboxPublisher publisher;
    private final ObjectMapper json;

    JdbcOutbox(
            JdbcOutboxRepository rows,
            TransactionSynchronizationRegistry transactions,
            KafkaOutboxPublisher publisher,
            ObjectMapper json) {
        this.rows = rows;
        this.transactions = transactions;
        this.publisher = publisher;
        this.json = json;
    }

    @Override
    public void append(String topic, String key, Object payload) {
        appendAll(topic, key, List.of(payload));
    }

    @Override
    public void appendAll(String topic, String key, List<?> payloads) {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("outbox: no transaction to append to");
        }
        for (int from = 0; from < payloads.size(); from += BATCH) {
            int to = Math.min(payloads.size(), from + BATCH);
            insert(topic, key, payloads.subList(from, to));
        }
    }

    private void insert(String topic, String key, List<?> payloads) {
        try {
            var written = new ArrayList<byte[]>(payloads.size());
            for (Object payload : payloads) {
                written.add(json.writeValueAsBytes(payload));
            }
            long[] ids = rows.insert(topic, key, written);
            for (int i = 0; i < ids.length; i++) {
                committing().messages.add(new OutboxMessage(ids[i], topic, key, written.get(i)));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("outbox: not writable as JSON: " + topic, e);
        } catch (SQLException e) {
            throw new IllegalStateException("outbox: insert failed: " + topic, e);
        }
    }

    private AfterCommit committing() {
        if (transactions.getResource(AfterCommit.class) instanceof AfterCommit known) {
            return known;
        }
        var created = new AfterCommit();
        transactions.putResource(AfterCommit.class, created);
        transactions.registerInterposedSynchronization(created);
        return created;
    }

    private final class AfterCommit implements Synchronization {

        private final List<OutboxMessage> messages = new ArrayList<>();

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                publisher.offer(messages);
            }
        }
    }
}
