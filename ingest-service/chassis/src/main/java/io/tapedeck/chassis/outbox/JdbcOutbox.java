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
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("outbox: no transaction to append to");
        }
        try {
            byte[] bytes = json.writeValueAsBytes(payload);
            long id = rows.insert(topic, key, bytes);
            committing().messages.add(new OutboxMessage(id, topic, key, bytes));
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
