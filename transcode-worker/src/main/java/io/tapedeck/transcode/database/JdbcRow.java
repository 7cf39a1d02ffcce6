package io.tapedeck.transcode.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A row being read. Valid only inside its reader.
public final class JdbcRow {

    private final ResultSet row;

    JdbcRow(ResultSet row) {
        this.row = row;
    }

    public long number(String column) throws SQLException {
        return row.getLong(column);
    }

    public int integer(String column) throws SQLException {
        return row.getInt(column);
    }

    public double fraction(String column) throws SQLException {
        return row.getDouble(column);
    }

    public boolean flag(String column) throws SQLException {
        return row.getBoolean(column);
    }

    public String text(String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    public byte[] bytes(String column) throws SQLException {
        return Objects.requireNonNull(row.getBytes(column), column);
    }

    public Instant instant(String column) throws SQLException {
        return Objects.requireNonNull(instantOrNull(column), column);
    }

    public <E extends Enum<E>> E constant(Class<E> type, String column) throws SQLException {
        return SqlNames.read(type, text(column));
    }

    public @Nullable String textOrNull(String column) throws SQLException {
        return row.getString(column);
    }

    public byte @Nullable [] bytesOrNull(String column) throws SQLException {
        return row.getBytes(column);
    }

    public @Nullable Integer integerOrNull(String column) throws SQLException {
        return row.getObject(column, Integer.class);
    }

    public @Nullable Long numberOrNull(String column) throws SQLException {
        return row.getObject(column, Long.class);
    }

    /// Of a column of any whole number.
    public OptionalLong optionalNumber(String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    public @Nullable Instant instantOrNull(String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
