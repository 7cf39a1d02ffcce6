package io.tapedeck.checker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Runs ffmpeg and ffprobe and reads what they say.
///
/// @param work a directory for their output; files are left there for a look
record MediaTools(String ffmpeg, String ffprobe, Path work) {

    private static final long LIMIT_MINUTES = 5;

    /// @param output what it wrote
    /// @param messages what it said
    record Result(Path output, List<String> messages, int status) {}

    /// A packet or frame: its time in its stream's time base, and whether it is a keyframe.
    record Stamp(long time, boolean key) {}

    Result run(List<String> command) throws IOException {
        Path output = Files.createTempFile(work, "out-", ".bin");
        Path messages = Files.createTempFile(work, "err-", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(messages.toFile())
                        .start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("takes too long: " + String.join(" ", command));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
        return new Result(
                output,
                Files.readAllLines(messages, UTF_8).stream().filter(l -> !l.isBlank()).toList(),
                process.exitValue());
    }

    List<Stamp> packets(Path file, String stream) throws IOException {
        return stamps(file, stream, "packet", "pts,flags", "pts");
    }

    /// When packets are to be decoded.
    List<Stamp> decoding(Path file, String stream) throws IOException {
        return stamps(file, stream, "packet", "dts,flags", "dts");
    }

    List<Stamp> frames(Path file, String stream) throws IOException {
        return stamps(file, stream, "frame", "best_effort_timestamp", "best_effort_timestamp");
    }

    /// Decoded sound: where each frame begins, in the stream's time base, and its samples.
    record Sound(long time, int samples) {}

    /// @param skipping what [#skipping] says
    List<Sound> sounds(Path file, String skipping) throws IOException {
        var result =
                run(
                        List.of(
                                ffprobe,
                                "-v",
                                "error",
                                "-flags2",
                                skipping,
                                "-select_streams",
                                "a:0",
                                "-show_frames",
                                "-show_entries",
                                "frame=best_effort_timestamp,nb_samples",
                                "-of",
                                "compact=p=0:nk=1",
                                file.toString()));
        var sounds = new ArrayList<Sound>();
        for (String line : Files.readAllLines(result.output(), UTF_8)) {
            String[] numbers = line.split("\\|", -1);
            if (numbers.length >= 2 && (numbers[0] + numbers[1]).matches("-?\\d+")) {
                sounds.add(new Sound(Long.parseLong(numbers[0]), Integer.parseInt(numbers[1])));
            }
        }
        return sounds;
    }

    private List<Stamp> stamps(
            Path file, String stream, String section, String entries, String timeKey)
            throws IOException {
        var result =
                run(
                        List.of(
                                ffprobe,
                                "-v",
                                "error",
                                "-select_streams",
                                stream,
                                "-show_" + section + "s",
                                "-show_entries",
                                section + "=" + entries,
                                "-of",
                                "compact=p=0",
                                file.toString()));
        Pattern time = Pattern.compile("(?:^|\\|)" + timeKey + "=(-?\\d+)");
        var stamps = new ArrayList<Stamp>();
        for (String line : Files.readAllLines(result.output(), UTF_8)) {
            Matcher found = time.matcher(line);
            if (found.find()) {
                stamps.add(new Stamp(Long.parseLong(found.group(1)), line.contains("flags=K")));
            }
        }
        return stamps;
    }

    /// One value of the streams or the format, empty when there is none.
    String entry(Path file, String stream, String entry) throws IOException {
        var result =
                run(
                        List.of(
                                ffprobe,
                                "-v",
                                "error",
                                "-select_streams",
                                stream,
                                "-show_entries",
                                entry,
                                "-of",
                                "default=nk=1:nw=1",
                                file.toString()));
        // Programs of a transport stream list their streams once more.
        return Files.readAllLines(result.output(), UTF_8).stream().findFirst().orElse("");
    }

    /// How a decoder is told whether to leave out what the header calls pre-skip. In Matroska times
    /// count from behind it. In MP4 only an edit list moves them, and nobody writes one for Opus:
    /// so all there is is kept.
    String skipping(Path file) throws IOException {
        boolean mp4 = entry(file, "a:0", "format=format_name").contains("mp4");
        boolean opus = entry(file, "a:0", "stream=codec_name").equals("opus");
        return mp4 && opus ? "+skip_manual" : "-skip_manual";
    }

    /// Mono 32-bit float samples at 48 kHz of the left channel.
    float[] pcm(Path file, String skipping) throws IOException {
        var result =
                run(
                        List.of(
                                ffmpeg,
                                "-v",
                                "error",
                                "-flags2",
                                skipping,
                                "-i",
                                file.toString(),
                                "-map",
                                "0:a:0",
                                "-af",
                                "pan=mono|c0=c0",
                                "-ar",
                                "48000",
                                "-f",
                                "f32le",
                                "pipe:1"));
        var bytes = ByteBuffer.wrap(Files.readAllBytes(result.output()));
        var floats = new float[bytes.capacity() / 4];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }
}
