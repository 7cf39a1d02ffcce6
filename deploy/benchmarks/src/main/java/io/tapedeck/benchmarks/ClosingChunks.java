package io.tapedeck.benchmarks;

import io.tapedeck.e2e.Recording;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Which chunk of a recording closes each window: the first one after which both tracks are known
/// to have passed the window's end. Read from the recording with ffprobe, so that the system under
/// test has no say in it.
final class ClosingChunks {

    private ClosingChunks() {}

    /// @param ends of the windows, in seconds, rising
    /// @return for window 0, 1, … the index of the chunk that closes it; shorter than `ends` where
    ///   only the recording's end does
    static List<Integer> of(Recording recording, List<Double> ends) throws IOException {
        Path folder = Files.createTempDirectory("closing-chunks");
        List<String> packets = packets(recording.writeRuns(folder).getFirst());
        List<Integer> closing = new ArrayList<>();
        for (double end : ends) {
            // What a playlist says is rounded.
            long video = firstByteAfter(packets, "video", end - 0.001);
            long audio = firstByteAfter(packets, "audio", end - 0.001);
            if (video < 0 || audio < 0) {
                return closing;
            }
            closing.add(chunkAt(recording, Math.max(video, audio)));
        }
        return closing;
    }

    private static List<String> packets(Path file) throws IOException {
        Process ffprobe =
                new ProcessBuilder(
                                "ffprobe",
                                "-v",
                                "error",
                                "-show_entries",
                                "packet=codec_type,pts_time,pos",
                                "-of",
                                "csv=p=0",
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        return new String(ffprobe.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static long firstByteAfter(List<String> packets, String type, double seconds) {
        for (String packet : packets) {
            String[] fields = packet.split(",", -1);
            if (fields[0].equals(type) && Double.parseDouble(fields[1]) >= seconds) {
                return Long.parseLong(fields[2]);
            }
        }
        return -1;
    }

    private static int chunkAt(Recording recording, long position) throws IOException {
        long end = 0;
        for (int i = 0; i < recording.chunks().size(); i++) {
            end += Files.size(recording.chunks().get(i));
            if (position < end) {
                return i;
            }
        }
        throw new IllegalArgumentException("behind the end: " + position);
    }
}
