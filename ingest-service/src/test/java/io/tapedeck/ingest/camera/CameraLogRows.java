package io.tapedeck.ingest.camera;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.chassis.objects.ObjectStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// What the chunk log has of made-up cameras.
final class CameraLogRows {

    private final DataSource database;
    private final ObjectStore objects;

    CameraLogRows(DataSource database, ObjectStore objects) {
        this.database = database;
        this.objects = objects;
    }

    /// A chunk.
    record Row(long index, int run, String text) {}

    List<Row> of(String sessionId) throws SQLException, IOException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select index, run, object_key, size_bytes from chunk"
                                        + " where session_id = ? order by index")) {
            query.setString(1, sessionId);
            var found = new ArrayList<Row>();
            var rows = query.executeQuery();
            while (rows.next()) {
                try (var in = objects.open(rows.getString(3), 0, rows.getLong(4))) {
                    found.add(
                            new Row(
                                    rows.getLong(1),
                                    rows.getInt(2),
                                    new String(in.readAllBytes(), UTF_8)));
                }
            }
            return found;
        }
    }

    /// Asserts that indexes have no hole, that each run is one connection's, begins with its header
    /// and has no piece twice or left out.
    static void assertWhole(List<Row> rows) {
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            assertThat(row.index()).isEqualTo(i);
            boolean begins = i == 0 || rows.get(i - 1).run() != row.run();
            if (begins) {
                assertThat(row.run()).isEqualTo(i == 0 ? 0 : rows.get(i - 1).run() + 1);
                assertThat(row.text()).startsWith("header ");
            } else {
                assertFollows(rows.get(i - 1).text(), row.text());
            }
        }
    }

    private static void assertFollows(String before, String text) {
        int slash = text.indexOf('/');
        String connection = text.substring(0, slash);
        int piece = Integer.parseInt(text.substring(slash + 1));
        assertThat(before).isIn("header " + connection, connection + "/" + (piece - 1));
    }

    int count(String sessionId) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select count(*) from chunk where session_id = ?")) {
            query.setString(1, sessionId);
            var rows = query.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }
}
