package io.tapedeck.neighbours;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The neighbours of this JVM: Kafka, PostgreSQL and S3Proxy. Broker and store can be killed and
/// started again on their port with their data, to see how a service takes it.
///
/// Everything known about them lives in the JVM's system properties, because the Quarkus tests load
/// this class more than once.
public final class Neighbours {

    /// One of them.
    public enum Component {
        KAFKA("KafkaMain", 256),
        POSTGRES("PostgresMain", 256),
        OBJECTS("S3ProxyMain", 128);

        private final String mainClass;
        private final int heapMebibytes;

        Component(String mainClass, int heapMebibytes) {
            this.mainClass = mainClass;
            this.heapMebibytes = heapMebibytes;
        }
    }

    /// What S3 clients sign with.
    public static final String ACCESS_KEY = "neighbour";

    public static final String SECRET_KEY = "neighbour-secret";

    private static final String STATE = "io.tapedeck.neighbours";
    private static final long STOP_SECONDS = 10;

    private Neighbours() {}

    /// The running neighbours; the first call starts them.
    public static Neighbours running() {
        synchronized (System.getProperties()) {
            var neighbours = new Neighbours();
            if (System.getProperty(STATE + ".directory") == null) {
                neighbours.startAll();
            }
            return neighbours;
        }
    }

    /// `host:port` of the broker.
    public String kafkaBootstrapServers() {
        return "127.0.0.1:" + port(Component.KAFKA);
    }

    /// Of the database `postgres`, user `postgres`, any password.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port(Component.POSTGRES));
    }

    /// `http://host:port` of the store.
    public String objectsEndpoint() {
        return "http://127.0.0.1:" + port(Component.OBJECTS);
    }

    /// Kills a component, as a power cut would. Its port and data stay.
    ///
    /// @throws UnsupportedOperationException for [Component#POSTGRES]
    public void kill(Component component) {
        ProcessHandle process =
                ProcessHandle.of(Long.parseLong(get(component + ".pid"))).orElseThrow();
        if (component == Component.POSTGRES) {
            throw new UnsupportedOperationException("its server is a daemon and would live on");
        }
        process.destroyForcibly();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(component + " does not die", e);
        }
    }

    /// Starts a killed component and returns when it is ready.
    public void start(Component component) {
        awaitReady(component, launch(component));
    }

    private void startAll() {
        try {
            put("directory", Files.createTempDirectory("tapedeck-neighbours-").toString());
            for (Component component : Component.values()) {
                put(component + ".port", freePort());
            }
            put("controller.port", freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var launched = new ArrayList<Process>();
        for (Component component : Component.values()) {
            launched.add(launch(component));
        }
        for (Component component : Component.values()) {
            awaitReady(component, launched.get(component.ordinal()));
        }
    }

    private Process launch(Component component) {
        try {
            Path data = Files.createDirectories(data(component));
            var command = new ArrayList<>(javaCommand(component));
            command.addAll(arguments(component, data));
            Process process =
                    new ProcessBuilder(command)
                            .directory(data.toFile())
                            .redirectError(data.resolve("stderr.log").toFile())
                            .start();
            put(component + ".pid", Long.toString(process.pid()));
            hold(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Keeps the process object, and with it the pipe that keeps the child alive, from being
    /// collected with the class loader of a test.
    private static void hold(Process process) {
        Thread.ofPlatform()
                .daemon()
                .name("holds-" + process.pid())
                .start(() -> process.onExit().join());
    }

    private static List<String> javaCommand(Component component) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + component.heapMebibytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=io/tapedeck/neighbours/logback.xml",
                "-cp",
                classpath(),
                "io.tapedeck.neighbours." + component.mainClass);
    }

    private List<String> arguments(Component component, Path data) {
        String port = Integer.toString(port(component));
        return switch (component) {
            case KAFKA -> List.of(port, get("controller.port"), data.toString());
            case POSTGRES -> List.of(port, data.toString());
            case OBJECTS -> List.of(port, ACCESS_KEY, SECRET_KEY, data.toString());
        };
    }

    private void awaitReady(Component component, Process process) {
        try {
            var out = process.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals(ChildProcess.READY)) {
                    // Nobody reads on: what the child says later goes to stderr.
                    return;
                }
            }
            throw new IllegalStateException(
                    "%s did not start:%n%s"
                            .formatted(
                                    component,
                                    Files.readString(data(component).resolve("stderr.log"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port(Component component) {
        return Integer.parseInt(get(component + ".port"));
    }

    private Path data(Component component) {
        return Path.of(get("directory")).resolve(component.name().toLowerCase(Locale.ROOT));
    }

    /// This module's classes and the components, as Maven resolved them.
    private static String classpath() throws IOException {
        try (InputStream in = Neighbours.class.getResourceAsStream("classpath.txt")) {
            if (in == null) {
                throw new IllegalStateException("build deploy/neighbours with Maven first");
            }
            String components = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Path.of(
                            Neighbours.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .getPath())
                    + ":"
                    + components;
        }
    }

    private static String get(String name) {
        return Objects.requireNonNull(System.getProperty(STATE + "." + name), name);
    }

    private static void put(String name, String value) {
        System.setProperty(STATE + "." + name, value);
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
