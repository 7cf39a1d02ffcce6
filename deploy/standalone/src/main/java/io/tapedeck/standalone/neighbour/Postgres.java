package io.tapedeck.standalone.neighbour;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.tapedeck.standalone.child.Apart;
import io.tapedeck.standalone.child.CannotStart;
import io.tapedeck.standalone.child.ChildSpec;
import io.tapedeck.standalone.child.Readiness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL server in a directory of its own. Made there at the first start.
///
/// @param binaries has `bin/postgres` and `bin/initdb`
/// @param data the cluster
/// @param log of the server
/// @param secrets holds the two passwords
record Postgres(Path binaries, Path data, Path log, Secrets secrets) {

    static final String DATABASE = "tapedeck";
    static final String USER = "tapedeck";

    /// Beyond what any system gives.
    private static final int NO_PROCESS = Integer.MAX_VALUE;

    /// Ends the server in fast mode (SIGINT) when standard input closes. The watcher must not be
    /// the server's child, since that takes an unknown child for a crashed one.
    private static final String TETHERED =
            """
            exec 3<&0
            ( ( cat <&3 >/dev/null; kill -INT $$ 2>/dev/null ) & )
            exec "$@" 3<&- </dev/null
            """;

    String password() {
        return secrets.get("postgres-password");
    }

    /// Makes the cluster if there is none and clears what a killed server left.
    ///
    /// @return how to run the server
    ChildSpec prepare(int port) {
        var user = PostgresUser.find(data);
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            create(user);
        }
        forgetDeadServer(user);
        var command = new ArrayList<>(Apart.PREFIX);
        command.addAll(List.of("/bin/sh", "-c", TETHERED, "tether"));
        command.addAll(user.prefix());
        command.addAll(List.of(program("postgres"), "-D", data.toString()));
        settings(port).forEach(setting -> command.addAll(List.of("-c", setting)));
        return new ChildSpec(
                "postgres",
                port,
                command,
                Map.of("LC_ALL", "C", "TZ", "UTC"),
                log,
                Readiness.postgres(data),
                Duration.ofSeconds(10));
    }

    private static List<String> settings(int port) {
        return List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                // These binaries come with both off; an acknowledged chunk must survive a crash.
                "fsync=on",
                "synchronous_commit=on",
                "max_connections=100",
                "shared_buffers=32MB",
                "timezone=UTC",
                "log_timezone=UTC");
    }

    private void create(PostgresUser user) {
        var aside = data.resolveSibling(data.getFileName() + ".new");
        var passwordFile = aside.resolveSibling("initdb-password");
        try {
            if (Files.exists(aside)) {
                Unpacked.delete(aside);
            }
            Files.createDirectories(aside);
            user.own(aside);
            Secrets.writePrivate(passwordFile, secrets.get("postgres-superuser-password"));
            user.own(passwordFile);
            run(user, "", program("initdb"), "-D", aside.toString(), "-U", "postgres")
                    .with("--auth=scram-sha-256", "--pwfile=" + passwordFile)
                    .with("--encoding=UTF8", "--locale=C", "--no-instructions")
                    .finish();
            run(user, statements(), program("postgres"), "--single", "-D", aside.toString())
                    .with("-c", "fsync=on", "postgres")
                    .finish();
            Files.move(aside, data);
        } catch (IOException e) {
            throw new CannotStart("cannot make a database in " + data + ": " + e.getMessage(), e);
        } finally {
            deleteQuietly(passwordFile);
        }
    }

    /// Single-user mode ends a statement at the end of its line.
    private String statements() {
        return """
        CREATE ROLE %s LOGIN PASSWORD '%s'
        CREATE DATABASE %s OWNER %s
        """
                .formatted(USER, password(), DATABASE, USER);
    }

    /// PostgreSQL does not start while any process or thread has the number in a `postmaster.pid`
    /// that a crash left behind, whoever that is by then. The rest of the file must stay: by it
    /// PostgreSQL sees whether parts of a killed server still write. Of an empty file nothing is
    /// left to see.
    private void forgetDeadServer(PostgresUser user) {
        var file = data.resolve("postmaster.pid");
        try {
            if (!Files.exists(file)) {
                return;
            }
            var lines = new ArrayList<>(Files.readAllLines(file));
            if (lines.isEmpty()) {
                Files.delete(file);
            } else if (!isLivePostgres(Long.parseLong(lines.getFirst().strip()))) {
                lines.set(0, Integer.toString(NO_PROCESS));
                var aside = Files.write(data.resolve("postmaster.pid.new"), lines);
                user.own(aside);
                Files.move(aside, file, ATOMIC_MOVE, REPLACE_EXISTING);
            }
        } catch (IOException | NumberFormatException e) {
            throw new CannotStart("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isLivePostgres(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().command())
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }

    private String program(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }

    private Step run(PostgresUser user, String input, String... command) {
        return new Step(user.prefix(), input, List.of(command), log);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    /// One program that runs to its end.
    private record Step(List<String> prefix, String input, List<String> command, Path log) {

        Step with(String... more) {
            var all = new ArrayList<>(command);
            all.addAll(List.of(more));
            return new Step(prefix, input, all, log);
        }

        void finish() throws IOException {
            var all = new ArrayList<>(prefix);
            all.addAll(command);
            var builder = new ProcessBuilder(all).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            var process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            try {
                if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IOException(command.getFirst() + " failed, see " + log);
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
