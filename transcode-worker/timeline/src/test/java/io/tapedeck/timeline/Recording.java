package io.tapedeck.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One run of a recording in `deploy/corpus`, and what ffprobe says is in it.
///
/// @param chunks in order
public record Recording(String name, int run, List<byte[]> chunks) {

    private static final Path CORPUS = Path.of("../../deploy/corpus");

    /// A line of the golden files, see `src/test/resources/frames/make`.
    public record Packet(boolean picture, long ticks, boolean keyframe, int size, String crc32) {}

    /// Every run of every recording.
    public static List<Recording> all() {
        try (Stream<Path> folders = Files.list(CORPUS)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .flatMap(f -> runs(f).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Run 0 of a recording.
    public static Recording of(String name) {
        return runs(CORPUS.resolve(name)).getFirst();
    }

    /// All runs of a recording as if they were one: a recorder that was restarted without a word.
    public static Recording joined(String name) {
        List<byte[]> chunks =
                runs(CORPUS.resolve(name)).stream().flatMap(r -> r.chunks().stream()).toList();
        return new Recording(name + " joined", 0, chunks);
    }

    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(all::writeBytes);
        return all.toByteArray();
    }

    public List<Packet> packets() {
        String resource = "/frames/%s.%d.txt".formatted(name, run);
        try (var in = Recording.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("No golden file " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(Recording::packet)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name + " run " + run;
    }

    private static Packet packet(String line) {
        String[] parts = line.split(" ");
        return new Packet(
                parts[0].equals("v"),
                Long.parseLong(parts[1]),
                parts[2].equals("K"),
                Integer.parseInt(parts[3]),
                parts[4]);
    }

    private static List<Recording> runs(Path folder) {
        try {
            JsonNode manifest =
                    new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());
            TreeMap<Integer, List<byte[]>> runs = new TreeMap<>();
            for (JsonNode chunk : manifest.get("chunks")) {
                Path file = folder.resolve("%06d.bin".formatted(chunk.get("i").asInt()));
                runs.computeIfAbsent(chunk.get("rec").asInt(), _ -> new ArrayList<>())
                        .add(Files.readAllBytes(file));
            }
            String name = folder.getFileName().toString();
            return runs.entrySet().stream()
                    .map(run -> new Recording(name, run.getKey(), run.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
