package io.tapedeck.checker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The joined segments as a stream: timestamps rise, AAC frames follow each other exactly, headers
/// agree, decoders have nothing to say.
record StreamCheck(MediaTools tools, Rendered rendered, List<Segment> segments, Notes notes) {

    private static final long AAC_FRAME_TICKS = 1920;
    private static final double EXTINF_TOLERANCE_SECONDS = 0.05;

    void run() throws IOException {
        rising();
        cadence();
        declared();
        headers();
        quiet(tools, rendered.joined(), "joined segments", notes);
        notes.measure("AAC frames", rendered.sounds().size());
    }

    /// No two pictures are shown at one time, and they come in the order that they are decoded in.
    private void rising() throws IOException {
        rising(rendered.pictures(), "picture timestamps do not rise");
        rising(tools.decoding(rendered.joined(), "v:0"), "decoding timestamps do not rise");
    }

    private void rising(List<MediaTools.Stamp> stamps, String problem) {
        long last = Long.MIN_VALUE;
        for (var stamp : stamps) {
            notes.require(
                    stamp.time() > last, problem, "%d after %d".formatted(stamp.time(), last));
            last = stamp.time();
        }
    }

    /// Also over the ends of runs: they start where the one before ends.
    private void cadence() {
        var sounds = rendered.sounds();
        for (int i = 1; i < sounds.size(); i++) {
            long distance = sounds.get(i).time() - sounds.get(i - 1).time();
            notes.require(
                    distance == AAC_FRAME_TICKS,
                    "AAC frames are not " + AAC_FRAME_TICKS + " ticks apart",
                    "%d ticks at %d".formatted(distance, sounds.get(i).time()));
        }
    }

    /// Everything in a segment lies in the time that the playlist gives to it, and starts with a
    /// keyframe.
    private void declared() {
        if (rendered.runStarts().isEmpty()) {
            return;
        }
        double start = rendered.runStarts().getFirst() / 90_000.0;
        for (int i = 0; i < segments.size(); i++) {
            double end = start + segments.get(i).seconds();
            var part = rendered.parts().get(i);
            declared(i, "picture", part.pictures(), start, end);
            declared(i, "AAC frame", part.sounds(), start, end);
            notes.require(
                    part.pictures().isEmpty() || part.pictures().getFirst().key(),
                    "segment does not start with a keyframe",
                    "number " + i);
            start = end;
        }
    }

    private void declared(
            int number, String what, List<MediaTools.Stamp> packets, double start, double end) {
        for (var packet : packets) {
            double at = packet.time() / 90_000.0;
            notes.require(
                    at > start - EXTINF_TOLERANCE_SECONDS && at < end + EXTINF_TOLERANCE_SECONDS,
                    what + " outside its segment's declared time",
                    "segment %d at %.3f, declared %.3f to %.3f".formatted(number, at, start, end));
        }
    }

    /// One SPS and one PPS in all segments.
    private void headers() throws IOException {
        Set<String> sps = new HashSet<>();
        Set<String> pps = new HashSet<>();
        byte[] bytes = Files.readAllBytes(elementary());
        for (int at = next(bytes, 0); at < bytes.length; ) {
            int end = next(bytes, at);
            int type = bytes[at] & 0x1F;
            if (type == 7 || type == 8) {
                (type == 7 ? sps : pps)
                        .add(Arrays.toString(Arrays.copyOfRange(bytes, at, end(bytes, end))));
            }
            at = end;
        }
        notes.require(sps.size() <= 1, "SPS differ", sps.size() + " different ones");
        notes.require(pps.size() <= 1, "PPS differ", pps.size() + " different ones");
    }

    private Path elementary() throws IOException {
        return tools.run(
                        List.of(
                                tools.ffmpeg(),
                                "-v",
                                "error",
                                "-i",
                                rendered.joined().toString(),
                                "-map",
                                "0:v:0?",
                                "-c",
                                "copy",
                                "-f",
                                "h264",
                                "pipe:1"))
                .output();
    }

    /// Where a unit ends: before the zeros and the one that the next begins with.
    private static int end(byte[] b, int next) {
        int end = next == b.length ? next : next - 1;
        while (b[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /// Behind the next start code, or the end.
    private static int next(byte[] b, int from) {
        for (int i = from; i + 3 < b.length; i++) {
            if (b[i] == 0 && b[i + 1] == 0 && b[i + 2] == 1) {
                return i + 3;
            }
        }
        return b.length;
    }

    static void quiet(MediaTools tools, Path file, String what, Notes notes) throws IOException {
        var result =
                tools.run(
                        List.of(
                                tools.ffmpeg(),
                                "-v",
                                "warning",
                                "-i",
                                file.toString(),
                                "-map",
                                "0",
                                "-fps_mode",
                                "passthrough",
                                "-enc_time_base:v",
                                "1:90000",
                                "-f",
                                "null",
                                "-"));
        notes.require(
                result.status() == 0, "cannot be decoded", what + ": status " + result.status());
        for (String message : result.messages()) {
            notes.problem("ffmpeg warns about " + what, message);
        }
    }
}
