package io.tapedeck.benchmarks;

import io.tapedeck.e2e.CpuClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// One ffmpeg that makes the renditions of a master playlist out of a whole file, with the worker's
/// preset and settings, and does nothing else: what there is to compare with. Sound is encoded once
/// for all of them.
final class BareFfmpeg {

    /// The workers' own if that is configured, or else the one on the PATH.
    static final String PROGRAM = System.getenv().getOrDefault("TAPEDECK_FFMPEG_PATH", "ffmpeg");

    /// The worker's own. `transcode-worker/ffmpeg` has them in SegmentCommand.
    static final String PRESET = System.getProperty("preset", "superfast");

    private static final Pattern VARIANT =
            Pattern.compile("#EXT-X-STREAM-INF:(.*)\\n(\\S+)/index\\.m3u8");
    private static final Pattern RESOLUTION = Pattern.compile("RESOLUTION=(\\d+)x(\\d+)");

    private BareFfmpeg() {}

    /// @param width 0 for what is passed through
    record Variant(String name, int width, int height) {}

    /// The renditions that a master playlist lists.
    static List<Variant> variants(String master) {
        return VARIANT.matcher(master).results().map(BareFfmpeg::variant).toList();
    }

    /// Runs it to its end.
    ///
    /// @return CPU time that it took
    static Duration run(Path source, List<Variant> variants) throws IOException {
        Path folder = Files.createTempDirectory("bare");
        Duration before = CpuClock.endedChildren();
        Process ffmpeg = new ProcessBuilder(command(source, variants, folder)).inheritIO().start();
        try {
            if (ffmpeg.waitFor() != 0) {
                throw new IOException("ffmpeg failed: " + command(source, variants, folder));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return CpuClock.endedChildren().minus(before);
    }

    private static List<String> command(Path source, List<Variant> variants, Path folder) {
        List<String> command =
                new ArrayList<>(List.of(PROGRAM, "-v", "error", "-nostdin", "-i", "" + source));
        List<Variant> encoded = variants.stream().filter(v -> v.width() > 0).toList();
        if (!encoded.isEmpty()) {
            command.addAll(List.of("-filter_complex", filter(encoded)));
        }
        int encodedSoFar = 0;
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            Variant variant = variants.get(i);
            boolean copies = variant.width() == 0;
            command.addAll(List.of("-map", copies ? "0:v:0" : "[v%d]".formatted(encodedSoFar++)));
            command.addAll(List.of("-c:v:" + i, copies ? "copy" : "libx264"));
            outputs.add(
                    "[select=\\'v:%d,a:0\\':f=hls:hls_time=2:hls_list_size=0]%s/%s.m3u8"
                            .formatted(i, folder, variant.name()));
        }
        command.addAll(List.of("-map", "0:a:0", "-c:a", "aac", "-b:a", "128k", "-ac", "2"));
        command.addAll(List.of("-preset", PRESET, "-tune", "zerolatency", "-profile:v", "high"));
        command.addAll(List.of("-crf", "23", "-bf", "0", "-fps_mode", "passthrough"));
        command.addAll(List.of("-force_key_frames", "expr:gte(t,n_forced*2)"));
        command.addAll(List.of("-flags", "+global_header", "-f", "tee"));
        command.add(String.join("|", outputs));
        return command;
    }

    private static String filter(List<Variant> encoded) {
        var text = new StringBuilder("[0:v]split=" + encoded.size());
        for (int i = 0; i < encoded.size(); i++) {
            text.append("[s").append(i).append(']');
        }
        for (int i = 0; i < encoded.size(); i++) {
            Variant variant = encoded.get(i);
            text.append(
                    ";[s%d]scale=%d:%d[v%d]".formatted(i, variant.width(), variant.height(), i));
        }
        return text.toString();
    }

    private static Variant variant(MatchResult found) {
        String name = found.group(2);
        var resolution = RESOLUTION.matcher(found.group(1));
        boolean encodes = !name.equals("source") && resolution.find();
        return new Variant(
                name,
                encodes ? Integer.parseInt(resolution.group(1)) : 0,
                encodes ? Integer.parseInt(resolution.group(2)) : 0);
    }
}
