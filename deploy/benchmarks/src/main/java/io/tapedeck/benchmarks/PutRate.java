package io.tapedeck.benchmarks;

import io.tapedeck.e2e.CpuClock;
import io.tapedeck.e2e.TapedeckClient;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import io.tapedeck.e2e.TapedeckInstance;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/// Acknowledged chunks a second over bare signed PUTs a second into the same store, from the same
/// clients: one side goes to ingest-service's port, the other to the store's. The bytes are noise,
/// so that nothing is rendered meanwhile; the two take turns.
///
/// Arguments: clients (8), bytes of a chunk (100000), seconds of a turn (8).
public final class PutRate {

    private static final int TURNS = 3;
    private static final int WARM_CHUNKS = 4000;
    private static final int WARM_TURNS = 12;
    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private PutRate() {}

    /// One client's PUT number so many.
    private interface Put {
        void put(long number, byte[] bytes);
    }

    public static void main(String[] args) throws IOException {
        int clients = args.length > 0 ? Integer.parseInt(args[0]) : 8;
        int sizeBytes = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        Duration turn = Duration.ofSeconds(args.length > 2 ? Integer.parseInt(args[2]) : 8);
        try (Lab lab = Lab.start(1);
                var ingest = new TapedeckClient(ingest(lab.instance()));
                var store = BareStore.of(lab.instance())) {
            Rate chunks = Rate.NONE;
            Rate puts = Rate.NONE;
            warmUp(lab, clients, sizeBytes, turn, ingest);
            for (int i = 0; i < TURNS; i++) {
                SequencedMap<String, Duration> before = lab.cpuByPart();
                Rate ofChunks = rate(lab, clients, sizeBytes, turn, number -> session(lab, ingest));
                System.out.printf(
                        Locale.ROOT,
                        "  CPU ms per chunk at %.0f/s: %s%n",
                        ofChunks.perSecond(),
                        lab.shares(before, ofChunks.count() / 1000.0));
                Rate ofPuts = rate(lab, clients, sizeBytes, turn, number -> store::put);
                chunks = chunks.plus(ofChunks);
                puts = puts.plus(ofPuts);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d clients, %d bytes: %.0f chunks/s acknowledged, %.0f bare PUT/s, ratio %.2f;"
                            + " %.1f and %.1f CPU ms each with their client, ratio %.2f%n",
                    clients,
                    sizeBytes,
                    chunks.perSecond(),
                    puts.perSecond(),
                    chunks.perSecond() / puts.perSecond(),
                    chunks.cpuMillisEach(),
                    puts.cpuMillisEach(),
                    puts.cpuMillisEach() / chunks.cpuMillisEach());
        }
    }

    /// A service spends its first thousand chunks on compiling itself.
    private static void warmUp(
            Lab lab, int clients, int sizeBytes, Duration turn, TapedeckClient ingest) {
        for (long stored = 0, turns = 0; stored < WARM_CHUNKS && turns < WARM_TURNS; turns++) {
            stored += rate(lab, clients, sizeBytes, turn, number -> session(lab, ingest)).count();
        }
    }

    /// @param cpu of the whole system and of the clients
    private record Rate(long count, Duration time, Duration cpu) {

        static final Rate NONE = new Rate(0, Duration.ZERO, Duration.ZERO);

        Rate plus(Rate other) {
            return new Rate(count + other.count, time.plus(other.time), cpu.plus(other.cpu));
        }

        double perSecond() {
            return count / Lab.seconds(time);
        }

        double cpuMillisEach() {
            return 1000 * Lab.seconds(cpu) / count;
        }
    }

    private static Put session(Lab lab, TapedeckClient ingest) {
        OpenSession session = lab.client().open("noise", "video/webm");
        return (number, bytes) -> Lab.require(ingest.putChunk(session, number, 0, bytes), 201);
    }

    private static URI ingest(TapedeckInstance instance) {
        return URI.create("http://127.0.0.1:" + instance.parts("ingest").getFirst().port());
    }

    private static Rate rate(
            Lab lab, int clients, int sizeBytes, Duration length, IntFunction<Put> clientNumber) {
        List<Put> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            all.add(clientNumber.apply(i));
        }
        AtomicLong done = new AtomicLong();
        Duration cpu = cpu(lab);
        long start = System.nanoTime();
        long end = start + length.toNanos();
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Put put : all) {
            running.add(
                    CompletableFuture.runAsync(
                            () -> {
                                byte[] bytes = new byte[sizeBytes];
                                new Random().nextBytes(bytes);
                                for (long i = 0; System.nanoTime() < end; i++) {
                                    put.put(i, bytes);
                                    done.incrementAndGet();
                                }
                            },
                            THREADS));
        }
        running.forEach(CompletableFuture::join);
        return new Rate(
                done.get(), Duration.ofNanos(System.nanoTime() - start), cpu(lab).minus(cpu));
    }

    private static Duration cpu(Lab lab) {
        return lab.instance().cpu().plus(CpuClock.own(ProcessHandle.current().pid()));
    }
}
