package io.tapedeck.standalone.neighbour;

import io.tapedeck.standalone.child.CannotStart;
import io.tapedeck.standalone.child.ChildSpec;
import io.tapedeck.standalone.child.ClassArchives;
import io.tapedeck.standalone.child.JavaCommand;
import io.tapedeck.standalone.child.JitEffort;
import io.tapedeck.standalone.child.Readiness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A Kafka broker that is its own controller, in a JVM of its own.
///
/// @param libraries its class path
/// @param data topics and metadata
/// @param configuration where to write its properties
/// @param log of the server
record Broker(Path libraries, Path data, Path configuration, Path log) {

    private static final String LOGGING = "classpath:io/tapedeck/standalone/neighbour/log4j2.xml";

    /// The metadata log wants a controller port even where nobody else talks to it.
    ChildSpec prepare(int port, int controllerPort, ClassArchives archives) {
        var properties = configuration.resolve("kafka.properties");
        try {
            Files.createDirectories(data);
            Files.writeString(properties, properties(port, controllerPort));
        } catch (IOException e) {
            throw new CannotStart("cannot write " + properties + ": " + e.getMessage(), e);
        }
        var command =
                new JavaCommand(
                        JavaCommand.options(
                                64,
                                256,
                                JitEffort.LEAST,
                                "-Dlog4j2.configurationFile=" + LOGGING,
                                "-Dlog4j2.disableJmx=true"),
                        List.of(libraries + "/*"),
                        "io.tapedeck.standalone.neighbour.KafkaMain",
                        List.of(properties.toString(), data.toString(), newClusterId()));
        return new ChildSpec(
                "kafka",
                port,
                archives.speedUp("kafka", command).toList(),
                Map.of(),
                log,
                Readiness.kafka(port),
                Duration.ofSeconds(15));
    }

    private String properties(int port, int controllerPort) {
        var fixed =
                """
                node.id=1
                process.roles=broker,controller
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=CLIENTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=CLIENTS://127.0.0.1:%1$d
                listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENTS
                controller.listener.names=CONTROLLER
                auto.create.topics.enable=false
                # One broker.
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                # Fifty partitions each would only cost files and start time.
                offsets.topic.num.partitions=4
                transaction.state.log.num.partitions=2
                share.coordinator.state.topic.num.partitions=4
                # The cleaner would take 128 MiB.
                log.cleaner.dedupe.buffer.size=4194304
                # A killed broker is let in again at once, instead of after nine seconds.
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                # By default the controller writes a record twice a second for followers to see that
                # it lives. There are none.
                metadata.max.idle.interval.ms=0
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                num.recovery.threads.per.data.dir=2
                log.segment.bytes=67108864
                # A group forms at once, and a killed worker is missed within seconds, not within 45.
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=2000
                group.consumer.min.session.timeout.ms=3000
                group.consumer.session.timeout.ms=6000
                group.consumer.min.heartbeat.interval.ms=1000
                group.consumer.heartbeat.interval.ms=2000
                group.share.min.session.timeout.ms=3000
                group.share.session.timeout.ms=6000
                group.share.min.heartbeat.interval.ms=1000
                group.share.heartbeat.interval.ms=2000
                # A job may be locked for as long as an export of a long session takes.
                group.share.max.record.lock.duration.ms=3600000
                """
                        .formatted(port, controllerPort);
        return PropertiesText.of(fixed, "log.dirs", data.toString());
    }

    /// 22 characters, as Kafka's own tool makes them. Used only when the storage is new.
    private static String newClusterId() {
        var uuid = UUID.randomUUID();
        var bytes = ByteBuffer.allocate(16);
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
