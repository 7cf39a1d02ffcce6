package io.tapedeck.standalone.neighbour;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;

/// The broker's own JVM: formats the storage if it is new, then runs Kafka.
public final class KafkaMain {

    private KafkaMain() {}

    /// @param arguments server properties file, log directory, cluster id
    public static void main(String[] arguments) {
        var properties = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            var format = new String[] {"format", "--cluster-id=" + arguments[2], "-c", properties};
            int status = StorageTool.execute(format, System.out);
            if (status != 0) {
                System.exit(status);
            }
        }
        Kafka.main(new String[] {properties});
    }
}
