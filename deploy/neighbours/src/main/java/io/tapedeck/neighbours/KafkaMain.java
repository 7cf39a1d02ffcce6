package io.tapedeck.neighbours;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/// One Kafka node, broker and controller. Arguments: port, controller port, data directory.
final class KafkaMain {

    private KafkaMain() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[2]);
        Properties settings = settings(args[0], args[1], data.resolve("log"));
        if (!Files.exists(data.resolve("log"))) {
            format(settings, data);
        }
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
        ChildProcess.liveWithParent(data, server::shutdown);
    }

    private static void format(Properties settings, Path data) throws Exception {
        Path file = data.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        String[] args = {
            "format", "--standalone", "--cluster-id=" + Uuid.randomUuid(), "-c", file.toString()
        };
        int exit = StorageTool.execute(args, new PrintStream(OutputStream.nullOutputStream()));
        if (exit != 0) {
            throw new IllegalStateException("format failed: " + exit);
        }
    }

    private static Properties settings(String port, String controllerPort, Path log) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%s,CONTROLLER://127.0.0.1:%s"
                        .formatted(port, controllerPort));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        settings.put("log.dirs", log.toString());
        // A forgotten topic must fail here, as it does in a well-kept cluster.
        settings.put("auto.create.topics.enable", "false");
        // A killed broker may come back at once, instead of after nine seconds.
        settings.put("broker.session.timeout.ms", "1000");
        settings.put("group.min.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "200");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("num.partitions", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
        for (String topic : new String[] {"offsets.topic", "share.coordinator.state.topic"}) {
            settings.put(topic + ".replication.factor", "1");
        }
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.share.max.record.lock.duration.ms", "3600000");
        return settings;
    }
}
