package io.tapedeck.standalone;

import io.tapedeck.standalone.child.CannotStart;
import io.tapedeck.standalone.child.Child;
import io.tapedeck.standalone.child.ChildSpec;
import io.tapedeck.standalone.child.ClassArchives;
import io.tapedeck.standalone.child.Leftovers;
import io.tapedeck.standalone.child.Ports;
import io.tapedeck.standalone.door.Health;
import io.tapedeck.standalone.door.Target;
import io.tapedeck.standalone.door.Upstream;
import io.tapedeck.standalone.door.VertxFrontDoor;
import io.tapedeck.standalone.neighbour.Ffmpeg;
import io.tapedeck.standalone.neighbour.Installation;
import io.tapedeck.standalone.neighbour.Neighbours;
import io.tapedeck.standalone.neighbour.Secrets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The whole system on this machine: data directory, front door, neighbours, services. Built up by
/// {@link #start}, taken down by {@link #close}, also half-way. Thread-safe.
final class Standalone implements AutoCloseable {

    static final String OWNER_KEY = "owner-key";

    /// Whoever sits at this machine reaches all of these addresses anyway.
    private static final String CAMERAS_ALLOWED = "private,public";

    private static final String CAMERAS_ALLOW_VARIABLE = "TAPEDECK_CAMERAS_ALLOW";
    private static final String CAMERAS_REFUSE_VARIABLE = "TAPEDECK_CAMERAS_REFUSE";

    private final Options options;
    private final Installation installation;
    private final Narrator narrator;
    private final InstantSource clock;
    private final Instant startedAt;
    private final DataDirectory data;
    private final RunStateFile stateFile;
    private final Secrets secrets;
    private final ClassArchives archives;
    private final Ports ports = new Ports(RandomGenerator.getDefault());
    private final RunStatePublisher publisher;
    private final List<Child> services = new ArrayList<>();
    private volatile @Nullable VertxFrontDoor door;
    private @Nullable Neighbours neighbours;
    private boolean ready;
    private boolean closed;

    private Standalone(
            Options options, Installation installation, Narrator narrator, InstantSource clock) {
        this.options = options;
        this.installation = installation;
        this.narrator = narrator;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.data = DataDirectory.open(options.data());
        this.stateFile = new RunStateFile(data.path());
        this.secrets = Secrets.in(data.path().resolve("secrets"));
        this.publisher = new RunStatePublisher(narrator, stateFile, this::state);
        this.archives = Neighbours.classArchives(data.path(), clock);
    }

    /// Takes the data directory and nothing else.
    ///
    /// @throws CannotStart when it cannot be had
    static Standalone in(
            Options options, Installation installation, Narrator narrator, InstantSource clock) {
        return new Standalone(options, installation, narrator, clock);
    }

    /// Returns when everything is ready.
    ///
    /// @throws CannotStart in one line; close it then
    void start() {
        openDoor();
        clearLeftovers();
        var ffmpeg = CompletableFuture.supplyAsync(this::findFfmpeg, Thread::startVirtualThread);
        startNeighbours().awaitReady();
        startServices(join(ffmpeg));
        Neighbours.awaitReady(services());
        synchronized (this) {
            ready = true;
        }
        publisher.publish();
    }

    /// What makes the next start quicker. Takes a while, at low priority; ends early when closed.
    void prepareNextStart() {
        archives.makeMissing();
    }

    String url() {
        var host = options.host();
        boolean isAnyOrLocal = List.of("127.0.0.1", "0.0.0.0", "::", "::1").contains(host);
        return "http://%s:%d".formatted(isAnyOrLocal ? "localhost" : host, requireDoor().port());
    }

    Duration sinceStart() {
        return Duration.between(startedAt, clock.instant());
    }

    DataDirectory data() {
        return data;
    }

    Secrets secrets() {
        return secrets;
    }

    /// Neighbours, then services.
    synchronized List<Child> children() {
        var all = new ArrayList<Child>();
        if (neighbours != null) {
            all.addAll(neighbours.children());
        }
        all.addAll(services);
        return all;
    }

    /// The door first, so that nothing new comes in; then the services, which still need their
    /// neighbours; then those.
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        var open = door;
        if (open != null) {
            open.close();
        }
        Neighbours.closeAll(services());
        var running = neighbours;
        if (running != null) {
            running.close();
        }
        archives.close();
        stateFile.delete();
        data.close();
    }

    private void openDoor() {
        door =
                VertxFrontDoor.open(
                        options.host(),
                        options.port(),
                        installation.pages(),
                        options.requireKey() ? null : secrets.get(OWNER_KEY),
                        this::health);
    }

    private void clearLeftovers() {
        var traces = stateFile.read().map(RunState::traces).orElse(List.of());
        int killed = Leftovers.clear(traces);
        if (killed > 0) {
            narrator.say("  killed %d processes that an earlier start left".formatted(killed));
        }
    }

    private Ffmpeg findFfmpeg() {
        var log = data.path().resolve("logs/ffmpeg-install.log");
        return Ffmpeg.find(installation, data.path(), log, line -> narrator.say("  " + line));
    }

    private synchronized Neighbours startNeighbours() {
        refuseWhenClosed();
        var started =
                Neighbours.start(data.path(), installation, archives, ports, publisher, clock);
        neighbours = started;
        return started;
    }

    private synchronized void startServices(Ffmpeg ffmpeg) {
        refuseWhenClosed();
        var processes =
                new ServiceProcesses(
                        installation,
                        data.path().resolve("logs"),
                        requireNeighbours().properties(),
                        secrets.get(OWNER_KEY),
                        ffmpeg.program(),
                        System.getenv().getOrDefault(CAMERAS_ALLOW_VARIABLE, CAMERAS_ALLOWED),
                        System.getenv().getOrDefault(CAMERAS_REFUSE_VARIABLE, ""),
                        archives,
                        ports::next);
        var others = new ArrayList<>(processes.workers(options.workers()));
        var playbackSpec = processes.playback();
        var ownPorts = new ArrayList<>(List.of(requireDoor().port(), playbackSpec.port()));
        others.forEach(worker -> ownPorts.add(worker.port()));
        var ingest = startService(processes.ingest(ownPorts));
        others.forEach(this::startService);
        var playback = startService(playbackSpec);
        requireDoor().lead(Target.INGEST, new Upstream(ingest.spec().port(), ingest::up));
        requireDoor().lead(Target.PLAYBACK, new Upstream(playback.spec().port(), playback::up));
    }

    private Child startService(ChildSpec spec) {
        var child = Child.start(spec, publisher, clock);
        services.add(child);
        return child;
    }

    private synchronized List<Child> services() {
        return List.copyOf(services);
    }

    private Health health() {
        var parts = new LinkedHashMap<String, Boolean>();
        for (var child : children()) {
            parts.put(child.spec().name(), child.up() && child.spec().readiness().ready());
        }
        parts.put("started", isReady());
        return new Health(parts);
    }

    private synchronized boolean isReady() {
        return ready;
    }

    /// Empty when nobody is to be told any more, or nothing is there to tell yet.
    private Optional<RunState> state() {
        synchronized (this) {
            if (closed || door == null) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new RunState(
                        url(),
                        isReady(),
                        secrets.file(OWNER_KEY).toString(),
                        ProcessHandle.current().pid(),
                        startedAt.toEpochMilli(),
                        children().stream().flatMap(RunStateFile::describe).toList()));
    }

    private synchronized void refuseWhenClosed() {
        if (closed) {
            throw new CannotStart("stopped while starting");
        }
    }

    private VertxFrontDoor requireDoor() {
        return Objects.requireNonNull(door);
    }

    private synchronized Neighbours requireNeighbours() {
        return Objects.requireNonNull(neighbours);
    }

    private static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof CannotStart known ? known : e;
        }
    }
}
