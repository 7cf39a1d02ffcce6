package io.tapedeck.transcode.database;

/// The database could not be reached or refused; nothing of the transaction happened, unless the
/// connection broke during its commit. Trying again is right.
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseException(Throwable cause) {
        super("database: " + cause.getMessage(), cause);
    }
}
