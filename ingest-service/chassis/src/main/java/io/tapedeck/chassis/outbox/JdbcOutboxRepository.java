package io.tapedeck.chassis.outbox;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The table `outbox` of the schema that the connections are in.
@ApplicationScoped
class JdbcOutboxRepository {

    /// Numbers are given behind the sorting, so they rise in this order.
    private static final String INSERT =
            """
            insert into outbox (topic, message_key, payload)
            select ?, ?, payload from unnest(?) with ordinality as message (payload, place)
            order by place
            returning id
            """;

    private static final String DELETE = "delete from outbox where id = any (?)";

    /// Counting further costs more than it tells.
    private static final String COUNT =
            "select count(*) from (select 1 from outbox limit 100000) as counted";

    private static final String LOCK =
            "select pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.outbox', 0))";
    private static final String PAGE =
            """
            select id, topic, message_key, payload from outbox
            where id > ? and created_at <= clock_timestamp() - make_interval(secs => ?)
              and id <> all (?)
            order by id limit ?
            """;

    private final AgroalDataSource dataSource;

    JdbcOutboxRepository(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// A connection that is the caller's to commit and close. Not for use in a JTA transaction.
    Connection open() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /// Inserts in the current JTA transaction and answers the rows' ids, in order.
    long[] insert(String topic, String key, List<byte[]> payloads) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, topic);
            insert.setString(2, key);
            insert.setArray(3, connection.createArrayOf("bytea", payloads.toArray(byte[][]::new)));
            try (ResultSet row = insert.executeQuery()) {
                long[] ids = new long[payloads.size()];
                for (int i = 0; row.next(); i++) {
                    ids[i] = row.getLong(1);
                }
                Arrays.sort(ids);
                return ids;
            }
        }
    }

    void delete(Collection<Long> ids) throws SQLException {
        try (Connection connection = open()) {
            delete(connection, ids);
            connection.commit();
        }
    }

    void delete(Connection connection, Collection<Long> ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            delete.executeUpdate();
        }
    }

    long count(Connection connection) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(COUNT);
                ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /// Whether this transaction is now the one relay of the schema.
    boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK);
                ResultSet row = lock.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /// The next messages after `afterId`, oldest first.
    ///
    /// @param minAge younger ones are left out
    /// @param except these as well
    List<OutboxMessage> page(
            Connection connection, long afterId, Duration minAge, Set<Long> except, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PAGE)) {
            select.setLong(1, afterId);
            select.setDouble(2, minAge.toMillis() / 1000.0);
            select.setArray(3, connection.createArrayOf("bigint", except.toArray()));
            select.setInt(4, limit);
            try (ResultSet row = select.executeQuery()) {
                var messages = new ArrayList<OutboxMessage>();
                while (row.next()) {
                    messages.add(
                            new OutboxMessage(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getBytes(4)));
                }
                return messages;
            }
        }
    }
}
