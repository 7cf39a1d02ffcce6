package io.tapedeck.transcode.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// Runs work in transactions of its own. Thread-safe.
@ApplicationScoped
public class JdbcDatabase {

    /// SQLSTATE classes of what the data itself is to blame for: data exception, constraint.
    private static final List<String> REFUSED = List.of("22", "23");

    private final DataSource dataSource;

    JdbcDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Commits when `work` returns; rolls back when it throws.
    ///
    /// @throws DatabaseException the database failed
    public <T> T transaction(Work<T> work) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> perform(work));
        } catch (QuarkusTransactionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    private <T> T perform(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.perform(new JdbcSession(connection));
        } catch (SQLException e) {
            throw failure(e);
        } catch (IllegalStateException e) {
            // The outbox wraps what it is told by the driver.
            throw e.getCause() instanceof SQLException cause ? failure(cause) : e;
        }
    }

    private static DatabaseException failure(Throwable cause) {
        boolean refused =
                cause instanceof SQLException e
                        && e.getSQLState() != null
                        && REFUSED.stream().anyMatch(e.getSQLState()::startsWith);
        return new DatabaseException(cause, refused);
    }

    /// What happens in a transaction.
    @FunctionalInterface
    public interface Work<T> {
        T perform(JdbcSession rows) throws SQLException;
    }
}
