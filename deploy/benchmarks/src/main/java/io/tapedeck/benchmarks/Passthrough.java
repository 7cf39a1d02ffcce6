package io.tapedeck.benchmarks;

import io.tapedeck.checker.Playlist;
import io.tapedeck.e2e.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/// How many live H.264 sessions of 720p30 one core passes through with every segment on time, over
/// how many bare long-lived ffmpegs (one for each session, doing the same) it does. On time is at
/// most four seconds, two segments, after the chunk that closes it was sent. Everything that is
/// measured runs on core 0 (`taskset`), the recorders on the others.
///
/// To pass through only, start it where the workers make no other renditions.
///
/// Arguments: recording; most sessions to try (64).
public final class Passthrough {

    private static final Duration ON_TIME = Duration.ofSeconds(4);

    private Passthrough() {}

    public static void main(String[] args) throws IOException {
        String name = args.length > 0 ? args[0] : "chr-webm-h264-720-t2000-kf2000";
        int most = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        Recording recording = Lab.recording(name);
        int bare = most("bare ffmpeg", most, count -> bare(recording, count));
        int system;
        try (Lab lab = Lab.start(1)) {
            pin(lab);
            lab.warmUp(Lab.endless(name));
            system = most("system", most, count -> Latency.sessions(lab, recording, count));
        }
        System.out.printf(
                Locale.ROOT,
                "%s on one core: %d sessions, %d bare ffmpegs, ratio %.2f%n",
                name,
                system,
                bare,
                (double) system / bare);
    }

    /// Doubles until it is too much, then halves the rest three times.
    private static int most(String what, int most, IntFunction<List<Duration>> trial) {
        int good = 0;
        int bad = most + 1;
        int halvings = 0;
        for (int count = Math.min(4, most); bad - good > 1 && halvings < 3; ) {
            if (onTime(what, count, trial.apply(count))) {
                good = count;
            } else {
                bad = count;
            }
            boolean found = bad <= most;
            halvings += found ? 1 : 0;
            count = found ? (good + bad) / 2 : Math.min(2 * good, most);
        }
        return good;
    }

    private static boolean onTime(String what, int count, List<Duration> latencies) {
        List<Duration> sorted = latencies.stream().sorted().toList();
        boolean onTime = sorted.getLast().compareTo(ON_TIME) <= 0;
        System.out.printf(
                "%s, %d: p50 %d ms, max %d ms%s%n",
                what,
                count,
                Latencies.millis(sorted, 50),
                sorted.getLast().toMillis(),
                onTime ? "" : ", too late");
        return onTime;
    }

    private static List<Duration> bare(Recording recording, int sessions) {
        List<CompletableFuture<List<Duration>>> running = new ArrayList<>();
        long stepNanos = Latencies.pace(recording).toNanos() / sessions;
        for (int i = 0; i < sessions; i++) {
            LockSupport.parkNanos(stepNanos);
            running.add(
                    CompletableFuture.supplyAsync(
                            () -> bareSession(recording, sessions), Latencies.THREADS));
        }
        return running.stream().flatMap(session -> session.join().stream()).toList();
    }

    private static List<Duration> bareSession(Recording recording, int sessions) {
        try {
            Path folder = Files.createTempDirectory("passthrough");
            Path playlist = folder.resolve("index.m3u8");
            Process ffmpeg =
                    new ProcessBuilder(
                                    ("taskset -c 0 "
                                                    + BareFfmpeg.PROGRAM
                                                    + " -v error -i pipe:0 -c:v copy -c:a aac"
                                                    + " -b:a 128k -ac 2 -f hls -hls_time 2"
                                                    + " -hls_playlist_type event "
                                                    + playlist)
                                            .split(" "))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            return Latencies.measure(
                    recording,
                    Latencies.pace(recording),
                    Latencies.poll(sessions),
                    new Pipe(recording, ffmpeg.getOutputStream()),
                    () -> read(playlist));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Playlist> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Playlist.parse(file.toUri(), Files.readString(file)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private record Pipe(Recording recording, OutputStream out) implements Latencies.Sink {

        @Override
        public void send(int index) {
            try {
                out.write(recording.bytes(index));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void end() {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void pin(Lab lab) throws IOException {
        for (var part : lab.instance().parts("")) {
            Workers.pin(part.pid(), 0);
            for (ProcessHandle child :
                    ProcessHandle.of(part.pid()).orElseThrow().descendants().toList()) {
                Workers.pin(child.pid(), 0);
            }
        }
    }
}
