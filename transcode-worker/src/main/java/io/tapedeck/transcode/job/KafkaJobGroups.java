package io.tapedeck.transcode.job;

import io.smallrye.common.annotation.Identifier;
import io.tapedeck.transcode.render.Renderer;
import io.tapedeck.transcode.story.Queue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.jboss.logging.Logger;

/// The share groups of the job queues, configured before their first member joins.
@ApplicationScoped
class KafkaJobGroups {

    private static final Logger LOG = Logger.getLogger(KafkaJobGroups.class);
    private static final int CALL_TIMEOUT_MILLIS = 5000;

    /// A new group starts behind everything that is already there unless it is told otherwise.
    private static final String RESET = "share.auto.offset.reset";

    /// Longer than any rendering, [Renderer#LEASE]: a lock that runs out has the window rendered
    /// twice, of which the first result counts. What may take longer has a lease in its row. A
    /// worker that dies gives its locks back at once, because its connection breaks.
    private static final String LOCK = "share.record.lock.duration.ms";

    /// What a broker allows unless `group.share.max.record.lock.duration.ms` says otherwise.
    private static final Duration USUAL = Duration.ofSeconds(60);

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
            try {
                configure(admin, Renderer.LEASE);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InvalidConfigurationException)) {
                    throw e;
                }
                LOG.warnf(
                        "the broker locks jobs for %d s at most, so slow ones may be done twice;"
                                + " set group.share.max.record.lock.duration.ms to %d",
                        USUAL.toSeconds(), Renderer.LEASE.toMillis());
                configure(admin, USUAL);
            }
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.debugf("job groups cannot be configured yet: %s", e.getMessage());
            return false;
        }
    }

    private static void configure(Admin admin, Duration lock)
            throws ExecutionException, InterruptedException, TimeoutException {
        admin.incrementalAlterConfigs(changes(lock))
                .all()
                .get(CALL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> changes(Duration lock) {
        String lockMillis = Long.toString(lock.toMillis());
        return Arrays.stream(Queue.values())
                .collect(
                        Collectors.toMap(
                                queue ->
                                        new ConfigResource(ConfigResource.Type.GROUP, group(queue)),
                                queue -> List.of(set(RESET, "earliest"), set(LOCK, lockMillis))));
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
