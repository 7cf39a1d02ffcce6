package io.tapedeck.transcode.database;

/// The database could not be reached or refused; nothing of the transaction happened, unless the
/// connection broke during its commit. Trying again is right, unless it was [#refused].
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    DatabaseException(Throwable cause, boolean refused) {
        super("database: " + cause.getMessage(), cause);
        this.refused = refused;
    }

    /// Whether the database refused the data itself, and would again.
    public boolean refused() {
        return refused;
    }
}
