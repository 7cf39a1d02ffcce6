package io.tapedeck.transcode.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.tapedeck.transcode.FfmpegProducer;
import io.tapedeck.transcode.TapedeckWorkerConfig;
import io.tapedeck.transcode.convert.Converter;
import io.tapedeck.transcode.export.Exporter;
import io.tapedeck.transcode.render.Renderer;
import io.tapedeck.transcode.story.Queue;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/// The worker's slots, some for each queue. Those for live jobs never do anything else.
@ApplicationScoped
class KafkaJobConsumer {

    private static final int EARLY = 10;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    private final Map<String, Object> broker;
    private final TapedeckWorkerConfig config;
    private final KafkaJobGroups groups;
    private final FfmpegProducer ffmpeg;
    private final Instance<Renderer> renderer;
    private final Instance<Exporter> exporter;
    private final Instance<Converter> converter;
    private final ObjectMapper json;
    private final List<KafkaJobSlot> slots = new ArrayList<>();
    private volatile boolean stopped;

    KafkaJobConsumer(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            TapedeckWorkerConfig config,
            KafkaJobGroups groups,
            FfmpegProducer ffmpeg,
            Instance<Renderer> renderer,
            Instance<Exporter> exporter,
            Instance<Converter> converter,
            ObjectMapper json) {
        this.broker = broker;
        this.config = config;
        this.groups = groups;
        this.ffmpeg = ffmpeg;
        this.renderer = renderer;
        this.exporter = exporter;
        this.converter = converter;
        this.json = json;
    }

    void onStart(@Observes StartupEvent event) {
        Thread.ofVirtual().name("open-slots").start(this::open);
    }

    /// First of all: what a running job still needs is stopped behind it.
    void onStop(@Observes @Priority(EARLY) ShutdownEvent event) throws InterruptedException {
        List<KafkaJobSlot> open = close();
        open.forEach(KafkaJobSlot::stop);
        long deadline = System.nanoTime() + config.stopGrace().toNanos();
        for (KafkaJobSlot slot : open) {
            slot.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    /// Opens the slots as soon as there are a broker and an ffmpeg.
    private void open() {
        try {
            while (!stopped && !ffmpeg.locate()) {
                Thread.sleep(LOOK_AGAIN);
            }
            while (!stopped && !groups.configure()) {
                Thread.sleep(ASK_AGAIN);
            }
        } catch (InterruptedException e) {
            return;
        }
        start();
    }

    private synchronized void start() {
        if (stopped) {
            return;
        }
        var jobs = new JobRunner(renderer.get(), exporter.get(), converter.get());
        add(Queue.LIVE, config.liveSlots(), jobs);
        add(Queue.FRONT, config.frontSlots(), jobs);
        add(Queue.CONVERT, config.convertSlots(), jobs);
        add(Queue.BACKLOG, config.backlogSlots(), jobs);
        slots.forEach(KafkaJobSlot::start);
    }

    private synchronized List<KafkaJobSlot> close() {
        stopped = true;
        return slots;
    }

    private void add(Queue queue, int count, JobRunner jobs) {
        for (int i = 0; i < count; i++) {
            slots.add(new KafkaJobSlot(queue, i, settings(queue), jobs, json));
        }
    }

    private Map<String, Object> settings(Queue queue) {
        var settings = new HashMap<String, Object>();
        broker.forEach((key, value) -> {
            if (ConsumerConfig.configNames().contains(key)) {
                settings.put(key, value);
            }
        });
        settings.keySet()
                .removeAll(
                        List.of(
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                                ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                                ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, KafkaJobGroups.group(queue));
        settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // Exactly one job: a second one would wait here while another worker is idle.
        settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        // The broker answers as soon as there is a job; idle, it need not answer often.
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5000);
        return settings;
    }
}
