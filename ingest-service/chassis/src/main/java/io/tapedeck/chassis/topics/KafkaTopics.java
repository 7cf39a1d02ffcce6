package io.tapedeck.chassis.topics;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/// Makes the [NeededTopics] that do not exist, before the consumers start, and goes on trying when
/// the broker is not up yet.
@ApplicationScoped
class KafkaTopics {

    /// Before messaging, which subscribes at LIBRARY_BEFORE (1000).
    private static final int BEFORE_CONSUMERS = 100;

    private static final Logger LOG = Logger.getLogger(KafkaTopics.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int CALL_TIMEOUT_MILLIS = 5000;

    private final Map<String, Object> broker;
    private final TopicsConfig config;
    private final List<NeededTopics> needed;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean stopped;

    KafkaTopics(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            TopicsConfig config,
            @Any Instance<NeededTopics> needed) {
        this.broker = broker;
        this.config = config;
        this.needed = needed.stream().toList();
    }

    void onStart(@Observes @Priority(BEFORE_CONSUMERS) StartupEvent event)
            throws InterruptedException {
        if (needed.isEmpty()) {
            return;
        }
        Thread.ofVirtual().name("ensure-topics").start(this::ensure);
        if (!done.await(config.startTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("the broker has not answered yet; starting, the topics follow");
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void ensure() {
        while (!stopped) {
            try (Admin admin = Admin.create(settings())) {
                makeMissing(admin);
                done.countDown();
                return;
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                LOG.debugf("topics cannot be ensured yet: %s", e.getMessage());
            } catch (InterruptedException e) {
                return;
            }
            pause();
        }
    }

    private void makeMissing(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> existing =
                admin.listTopics().names().get(CALL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        List<NewTopic> missing =
                wanted().filter(topic -> !existing.contains(topic.name())).toList();
        for (var made : admin.createTopics(missing).values().entrySet()) {
            try {
                made.getValue().get(CALL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
                LOG.infof("made topic %s", made.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private Stream<NewTopic> wanted() {
        var stories = new TreeSet<String>();
        var queues = new TreeSet<String>();
        needed.forEach(n -> {
            stories.addAll(n.stories());
            queues.addAll(n.queues());
        });
        short replicas = config.replicationFactor();
        return Stream.concat(
                stories.stream()
                        .map(name -> new NewTopic(name, config.storyPartitions(), replicas)),
                queues.stream().map(name -> new NewTopic(name, 1, replicas)));
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
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RETRY.toMillis());
        return settings;
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
