package io.tapedeck.transcode.job;

import io.smallrye.common.annotation.Identifier;
import io.tapedeck.transcode.story.Queue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;

/// The share groups of the job queues, configured before their first member joins.
@ApplicationScoped
class KafkaJobGroups {

    private static final Logger LOG = Logger.getLogger(KafkaJobGroups.class);
    private static final int CALL_TIMEOUT_MILLIS = 5000;

    /// A new group starts behind everything that is already there unless it is told otherwise.
    private static final String RESET = "share.auto.offset.reset";

    /// Longer than any rendering: a lock that runs out would have the window rendered twice. A
    /// worker that dies gives its locks back at once, because its connection breaks.
    private static final String LOCK = "share.record.lock.duration.ms";

    private final Map<String, Object> broker;

    KafkaJobGroups(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.broker = broker;
    }

    static String group(Queue queue) {
        return "transcode-" + queue.name().toLowerCase(Locale.ROOT);
    }

    /// Configures the groups, which need not exist yet.
    ///
    /// @return false when the broker did not answer
    boolean configure() throws InterruptedException {
        try (Admin admin = Admin.create(settings())) {
            admin.incrementalAlterConfigs(changes())
                    .all()
                    .get(CALL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debugf("job groups cannot be configured yet: %s", e.getMessage());
            return false;
        }
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> changes() {
        return Arrays.stream(Queue.values())
                .collect(
                        Collectors.toMap(
                                queue ->
                                        new ConfigResource(ConfigResource.Type.GROUP, group(queue)),
                                queue -> List.of(set(RESET, "earliest"), set(LOCK, "60000"))));
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        broker.forEach((key, value) -> {
            if (AdminClientConfig.configNames().contains(key)) {
                settings.put(key, value);
            }
        });
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MILLIS);
        return settings;
    }
}
