package io.tapedeck.transcode.database;

import java.sql.SQLException;
import java.util.Set;

/// The database could not be reached or refused; nothing of the transaction happened, unless the
/// connection broke during its commit. Trying again is right, unless it was [#refused].
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// SQLSTATE classes of what the data itself is to blame for: data exception, constraint.
    private static final Set<String> REFUSED = Set.of("22", "23");

    DatabaseException(Throwable cause) {
        super("database: " + cause.getMessage(), cause);
    }

    /// Whether the database refused the data itself, and would again.
    public boolean refused() {
        return getCause() instanceof SQLException e
                && e.getSQLState() != null
                && e.getSQLState().length() == 5
                && REFUSED.contains(e.getSQLState().substring(0, 2));
    }
}
