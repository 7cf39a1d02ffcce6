package io.tapedeck.standalone;

import static java.util.stream.Collectors.joining;

import io.tapedeck.standalone.child.ChildSpec;
import io.tapedeck.standalone.child.ClassArchives;
import io.tapedeck.standalone.child.JavaCommand;
import io.tapedeck.standalone.child.JitEffort;
import io.tapedeck.standalone.child.Readiness;
import io.tapedeck.standalone.neighbour.Environment;
import io.tapedeck.standalone.neighbour.Installation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// How the unchanged service jars are run here: the same environment variables as anywhere else.
///
/// @param installation has the jars
/// @param logs one file per process
/// @param neighbours properties that lead to them
/// @param ownerKey for the services that check it
/// @param ffmpeg for the workers, and for cameras
/// @param camerasAllowed where cameras may be
/// @param camerasRefused where the operator wants none, `host:port` with commas, or empty
/// @param archives of their classes
/// @param ports free ones
record ServiceProcesses(
        Installation installation,
        Path logs,
        Map<String, String> neighbours,
        String ownerKey,
        String ffmpeg,
        String camerasAllowed,
        String camerasRefused,
        ClassArchives archives,
        IntSupplier ports) {

    static final String INGEST = "ingest-service";
    static final String WORKER = "transcode-worker";
    static final String PLAYBACK = "playback-service";

    private static final int LEAST_HEAP = 32;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(8);

    /// @param ownPorts of everything else here that nobody may call a camera
    ChildSpec ingest(List<Integer> ownPorts) {
        var own = new LinkedHashMap<>(ownersDoor());
        own.put("tapedeck.ffmpeg.path", ffmpeg);
        own.put("tapedeck.cameras.allow", camerasAllowed);
        own.put("tapedeck.cameras.refuse", refused(ownPorts));
        // Streams; what grows is buffers of parallel uploads.
        return service(INGEST, INGEST, 192, own);
    }

    private String refused(List<Integer> ownPorts) {
        Stream<String> own = ownPorts.stream().map(port -> "0.0.0.0:" + port);
        return Stream.concat(own, Stream.of(camerasRefused).filter(more -> !more.isBlank()))
                .collect(joining(","));
    }

    ChildSpec playback() {
        return service(PLAYBACK, PLAYBACK, 192, ownersDoor());
    }

    /// Named `transcode-worker-1` and so on.
    List<ChildSpec> workers(int count) {
        var specs = new ArrayList<ChildSpec>();
        for (int number = 1; number <= count; number++) {
            // Holds the bytes of the windows it renders.
            specs.add(
                    service(
                            WORKER,
                            WORKER + "-" + number,
                            384,
                            Map.of("tapedeck.ffmpeg.path", ffmpeg)));
        }
        return specs;
    }

    private Map<String, String> ownersDoor() {
        return Map.of(
                "tapedeck.owner.key", ownerKey,
                // The door drops what clients claim, so its own word can be taken.
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                "quarkus.http.proxy.enable-forwarded-host", "true");
    }

    private ChildSpec service(
            String folder, String name, int heapMebibytes, Map<String, String> own) {
        int port = ports.getAsInt();
        var properties = new LinkedHashMap<>(neighbours);
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", Integer.toString(port));
        properties.putAll(own);
        var command =
                JavaCommand.ofJar(
                        installation.serviceJar(folder),
                        JavaCommand.options(LEAST_HEAP, heapMebibytes, JitEffort.LATE));
        return new ChildSpec(
                name,
                port,
                archives.speedUp(folder, command).toList(),
                Environment.of(properties),
                logs.resolve(name + ".log"),
                Readiness.http(URI.create("http://127.0.0.1:" + port + "/q/health/ready"), 200),
                STOP_TIMEOUT);
    }
}
