package io.tapedeck.ingest.upload;

import static org.awaitility.Awaitility.await;

import io.tapedeck.chassis.objects.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;

/// What the rows of a session select, read from the store.
final class StoredLog {

    /// A row of `chunk`.
    record Row(long index, int run, String objectKey, long sizeBytes) {}

    private final DataSource database;
    private final ObjectStore objects;

    StoredLog(DataSource database, ObjectStore objects) {
        this.database = database;
        this.objects = objects;
    }

    List<Row> rows(String sessionId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select index, run, object_key, size_bytes from chunk"
                                        + " where session_id = ? order by index")) {
            query.setString(1, sessionId);
            var found = new ArrayList<Row>();
            var rows = query.executeQuery();
            while (rows.next()) {
                found.add(
                        new Row(
                                rows.getLong(1),
                                rows.getInt(2),
                                rows.getString(3),
                                rows.getLong(4)));
            }
            return found;
        }
    }

    byte[] bytes(String sessionId) throws SQLException, IOException {
        var bytes = new ByteArrayOutputStream();
        for (Row row : rows(sessionId)) {
            try (var in = objects.open(row.objectKey(), 0, row.sizeBytes())) {
                in.transferTo(bytes);
            }
        }
        return bytes.toByteArray();
    }

    /// SHA-256 of all chunks, lower-case hex.
    String digest(String sessionId) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        var out = new DigestOutputStream(java.io.OutputStream.nullOutputStream(), digest);
        for (Row row : rows(sessionId)) {
            try (var in = objects.open(row.objectKey(), 0, row.sizeBytes())) {
                in.transferTo(out);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /// One word or number of the database.
    String ask(String sql, String parameter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, parameter);
            var rows = query.executeQuery();
            return rows.next() ? String.valueOf(rows.getString(1)) : "none";
        }
    }

    /// Changes something behind the service's back.
    void tell(String sql, String parameter) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            statement.executeUpdate();
        }
    }

    List<String> objects(String ownerId) throws IOException {
        try (var found = objects.list("chunks/" + ownerId + "/")) {
            return found.map(object -> object.key()).toList();
        }
    }

    /// Waits until a request has begun to append.
    void awaitWriter(String uploadId) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        !ask("select writer from upload where id = ?", uploadId).equals("null"));
    }
}
