package io.tapedeck.transcode.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Runs work in transactions of its own. Thread-safe.
@ApplicationScoped
public class JdbcDatabase {

    private final DataSource dataSource;

    JdbcDatabase(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Commits when `work` returns, unless it called [JdbcSession#discard]; rolls back when it
    /// throws.
    ///
    /// @throws DatabaseException the database failed
    public <T> T transaction(Work<T> work) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> perform(work));
        } catch (QuarkusTransactionException e) {
            throw new DatabaseException(e.getCause() == null ? e : e.getCause());
        }
    }

    private <T> T perform(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.perform(new JdbcSession(connection));
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } catch (IllegalStateException e) {
            // The outbox wraps what it is told by the driver.
            throw e.getCause() instanceof SQLException cause ? new DatabaseException(cause) : e;
        }
    }

    /// What happens in a transaction.
    @FunctionalInterface
    public interface Work<T> {
        T perform(JdbcSession rows) throws SQLException;
    }
}
