package io.tapedeck.benchmarks;

import io.tapedeck.e2e.EndlessRecording;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// CPU seconds of the whole system (services, broker, database, store, ffmpeg) per second of media,
/// over those of one bare ffmpeg that makes the same renditions of the same file.
///
/// Arguments: `backlog` (a file arrives at once) or `live` (a chunk a second); recording.
public final class CpuCost {

    private static final int BACKLOG_REPETITIONS = 16;
    private static final int LIVE_REPETITIONS = 6;

    private CpuCost() {}

    public static void main(String[] args) throws IOException {
        boolean live = args.length > 0 && args[0].equals("live");
        String name = args.length > 1 ? args[1] : "chr-webm-vp8-720-t1000-kf2000";
        EndlessRecording recording = Lab.endless(name);
        int repetitions = live ? LIVE_REPETITIONS : BACKLOG_REPETITIONS;
        double mediaSeconds = Lab.seconds(recording.length(repetitions));
        try (Lab lab = Lab.start(1)) {
            lab.warmUp(recording);
            Duration before = lab.instance().cpu();
            SequencedMap<String, Duration> beforeByPart = lab.cpuByPart();
            OpenSession session =
                    live ? live(lab, recording, repetitions) : lab.upload(recording, repetitions);
            lab.awaitReady(session);
            double system = Lab.seconds(lab.instance().cpu().minus(before)) / mediaSeconds;
            String shares = lab.shares(beforeByPart, mediaSeconds);
            String master = lab.client().get("/hls/%s/master.m3u8".formatted(session.id())).text();
            List<BareFfmpeg.Variant> variants = BareFfmpeg.variants(master);
            Path file = file(recording, repetitions);
            double bare = Lab.seconds(BareFfmpeg.run(file, variants)) / mediaSeconds;
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s, %.0f s, preset %s, %s: system %.3f, bare ffmpeg %.3f CPU s per media"
                            + " s, ratio %.2f%n",
                    live ? "live" : "backlog",
                    name,
                    mediaSeconds,
                    BareFfmpeg.PRESET,
                    variants.stream().map(BareFfmpeg.Variant::name).toList(),
                    system,
                    bare,
                    system / bare);
            System.out.println("  of which: " + shares);
        }
    }

    private static OpenSession live(Lab lab, EndlessRecording recording, int repetitions) {
        OpenSession session = lab.open(recording);
        int chunks = recording.chunks(repetitions);
        Duration pace = recording.length(repetitions).dividedBy(chunks);
        lab.send(session, recording, 0, chunks, chunks, pace);
        lab.complete(session, chunks);
        return session;
    }

    private static Path file(EndlessRecording recording, int repetitions) throws IOException {
        Path file = Files.createTempFile("benchmark", ".bin");
        int chunks = recording.chunks(repetitions);
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < chunks; i++) {
                out.write(recording.chunk(i, i == chunks - 1));
            }
        }
        return file;
    }
}
