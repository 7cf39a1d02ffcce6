package io.tapedeck.transcode.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One transaction's connection. Parameters are bound in order: instants as `timestamptz`, enums by
/// their lower-case name, empty numbers as null, the rest as the driver has it.
public final class JdbcSession {

    private final Connection connection;

    JdbcSession(Connection connection) {
        this.connection = connection;
    }

    /// @return rows changed
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /// One statement for many rows of parameters, in one round trip.
    public void batch(String sql, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    public <T> List<T> query(RowReader<T> reader, String sql, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet found = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            while (found.next()) {
                rows.add(reader.read(new JdbcRow(found)));
            }
            return rows;
        }
    }

    /// The first row.
    public <T> Optional<T> find(RowReader<T> reader, String sql, @Nullable Object... parameters)
            throws SQLException {
        return query(reader, sql, parameters).stream().findFirst();
    }

    private PreparedStatement prepare(String sql, @Nullable Object[] parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            bind(statement, parameters);
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, sqlValue(parameters[i]));
        }
    }

    private static @Nullable Object sqlValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
            case OptionalLong number -> number.isPresent() ? number.getAsLong() : null;
            case Enum<?> constant -> SqlNames.of(constant);
            default -> value;
        };
    }

    /// Makes an object of a row.
    @FunctionalInterface
    public interface RowReader<T> {
        T read(JdbcRow row) throws SQLException;
    }
}
