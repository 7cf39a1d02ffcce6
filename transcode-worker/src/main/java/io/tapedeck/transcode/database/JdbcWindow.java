package io.tapedeck.transcode.database;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Window;
import java.sql.SQLException;

/// Rows of `planned_window`.
public final class JdbcWindow {

    private JdbcWindow() {}

    public static Window of(JdbcRow row) throws SQLException {
        return new Window(
                row.constant(Cut.class, "cut"),
                row.number("window_index"),
                row.integer("run"),
                row.number("origin_ticks"),
                row.number("start_ticks"),
                row.number("end_ticks"),
                row.flag("last"),
                row.optionalNumber("pictures"),
                new Window.ByteSpan(
                        row.number("from_bytes"), row.number("to_bytes"), row.bytes("checkpoint")));
    }
}
