package io.tapedeck.standalone.neighbour;

import io.tapedeck.standalone.child.CannotStart;
import io.tapedeck.standalone.child.ChildSpec;
import io.tapedeck.standalone.child.ClassArchives;
import io.tapedeck.standalone.child.JavaCommand;
import io.tapedeck.standalone.child.JitEffort;
import io.tapedeck.standalone.child.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// An S3 store over a directory (S3Proxy), in a JVM of its own. It checks signatures; it does not
/// flush to the disk, so that power loss may cost what was just written.
///
/// @param libraries its class path
/// @param data buckets as directories, objects as files
/// @param log of the server
/// @param secrets holds its access key and its properties, which name that key
record Store(Path libraries, Path data, Path log, Secrets secrets) {

    /// Only has to look like one: the store takes any.
    static final String REGION = "us-east-1";

    static final String BUCKET = "tapedeck";

    private static final String LOGGING = "io/tapedeck/standalone/neighbour/logback.xml";

    String accessKey() {
        return secrets.get("s3-access-key");
    }

    String secretKey() {
        return secrets.get("s3-secret-key");
    }

    ChildSpec prepare(int port, ClassArchives archives) {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new CannotStart("cannot write to " + data + ": " + e.getMessage(), e);
        }
        var endpoint = URI.create("http://127.0.0.1:" + port);
        var properties = secrets.write("s3proxy.properties", properties(endpoint));
        var command =
                new JavaCommand(
                        // Holds whole signed bodies: a chunk has at most 32 MiB, several at a time.
                        JavaCommand.options(
                                32, 384, JitEffort.LATE, "-Dlogback.configurationFile=" + LOGGING),
                        List.of(libraries + "/*"),
                        "org.gaul.s3proxy.Main",
                        List.of("--properties", properties.toString()));
        return new ChildSpec(
                "s3proxy",
                port,
                archives.speedUp("s3proxy", command).toList(),
                Map.of(),
                log,
                Readiness.http(endpoint, 403), // nobody may list the buckets without a signature
                Duration.ofSeconds(5));
    }

    private String properties(URI endpoint) {
        var fixed =
                """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                s3proxy.jetty.max-threads=64
                jclouds.provider=filesystem-nio2
                """
                        .formatted(endpoint, accessKey(), secretKey());
        return PropertiesText.of(fixed, "jclouds.filesystem.basedir", data.toString());
    }
}
