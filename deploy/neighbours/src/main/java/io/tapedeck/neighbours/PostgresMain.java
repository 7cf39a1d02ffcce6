package io.tapedeck.neighbours;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;

/// One PostgreSQL server, user `postgres`, any password. Arguments: port, data directory.
final class PostgresMain {

    private PostgresMain() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[1]);
        // Binaries of its own: a shared directory that was extracted halfway never heals.
        EmbeddedPostgres server =
                EmbeddedPostgres.builder()
                        .setPort(Integer.parseInt(args[0]))
                        .setOverrideWorkingDirectory(
                                Files.createDirectories(data.resolve("binaries")).toFile())
                        .setDataDirectory(data.resolve("data"))
                        .start();
        ChildProcess.liveWithParent(data, server::close);
    }
}
