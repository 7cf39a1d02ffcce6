package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.StartupEvent;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.Neighbours;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two workers, each its own process as everywhere, and what is left when one goes.
class WorkersIT {

    private static final List<byte[]> RECORDING = Corpus.chunks("chr-webm-vp8-480-t1000");
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Neighbours neighbours = Neighbours.running();
    private final Map<String, Object> broker =
            Map.of("bootstrap.servers", neighbours.kafkaBootstrapServers());
    private final ObjectMapper json =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();
    private final Ingest ingest =
            new Ingest(new MinioShelf(neighbours), json, Clock.systemUTC(), broker);
    private final World world = new World(json, broker);

    private List<WorkerProcess> workers = List.of();

    @BeforeEach
    void start() throws IOException {
        workers = List.of(WorkerProcess.start("worker-0"), WorkerProcess.start("worker-1"));
        workers.forEach(WorkerProcess::awaitReady);
        world.onStart(new StartupEvent());
    }

    @AfterEach
    void stop() {
        workers.forEach(WorkerProcess::close);
        world.stop();
        ingest.close();
    }

    @Test
    void eitherWorkerMayDieInTheMiddleOfARecording() throws IOException {
        String undisturbed = UUID.randomUUID().toString();
        ingest.say(ingest.record(undisturbed, RECORDING));
        List<World.Rendered> expected = world.whole(undisturbed);

        assertThat(recordWhileKilling(workers.getFirst())).isEqualTo(expected);
        workers = List.of(WorkerProcess.start("worker-2").awaitReady(), workers.getLast());
        assertThat(recordWhileKilling(workers.getLast())).isEqualTo(expected);
    }

    @Test
    void aStopIsQuickAndLeavesNoProcessBehind() throws Exception {
        WorkerProcess stopped = workers.getFirst();
        String session = UUID.randomUUID().toString();
        ingest.say(ingest.record(session, RECORDING));
        world.await(session, SegmentReady.class, ready -> true);
        List<ProcessHandle> children = stopped.handle().descendants().toList();

        assertThat(stopped.stop(STOP)).isTrue();

        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(world.whole(session)).hasSizeBetween(10, 11);
    }

    private List<World.Rendered> recordWhileKilling(WorkerProcess victim) {
        String session = UUID.randomUUID().toString();
        List<SessionEvent> facts = ingest.record(session, RECORDING);
        ingest.say(facts.subList(0, 8));
        world.await(session, SegmentReady.class, ready -> true);
        ingest.say(facts.subList(8, 12));
        victim.kill();
        ingest.say(facts.subList(12, facts.size()));
        return world.whole(session);
    }
}
