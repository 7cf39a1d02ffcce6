package io.tapedeck.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One real browser recording of the corpus: its chunks as the browser handed them out.
///
/// @param name folder in the corpus
/// @param mimeType what the browser said it was
/// @param chunks files in order
/// @param restarted whether the recorder was stopped and started between chunks, so that every
///   chunk is a run of its own
public record Recording(String name, String mimeType, List<Path> chunks, boolean restarted) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Reads a recording's folder.
    public static Recording read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            JsonNode manifest = JSON.readTree(folder.resolve("manifest.json").toFile());
            List<Path> chunks =
                    files.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
            String name = folder.getFileName().toString();
            return new Recording(
                    name, manifest.path("mimeType").asText(), chunks, name.contains("restart"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The recordings in `corpus` whose name starts with one of `prefixes`, by name.
    public static List<Recording> all(Path corpus, String... prefixes) {
        try (Stream<Path> folders = Files.list(corpus)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> startsWithAny(folder.getFileName().toString(), prefixes))
                    .sorted()
                    .map(Recording::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The run a chunk belongs to.
    public int run(int index) {
        return restarted ? index : 0;
    }

    /// Bytes of one chunk.
    public byte[] bytes(int index) {
        try {
            return Files.readAllBytes(chunks.get(index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All its chunks, one behind the other.
    public byte[] bytes() {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < chunks.size(); i++) {
            all.writeBytes(bytes(i));
        }
        return all.toByteArray();
    }

    /// Writes each run as one file into `folder`: what the recorder would have saved by itself.
    public List<Path> writeRuns(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (restarted) {
            return chunks;
        }
        Path whole = folder.resolve(name + ".bin");
        try (var out = Files.newOutputStream(whole)) {
            for (Path chunk : chunks) {
                Files.copy(chunk, out);
            }
        }
        return List.of(whole);
    }

    @Override
    public String toString() {
        return name;
    }

    private static boolean startsWithAny(String name, String... prefixes) {
        return Stream.of(prefixes).anyMatch(name::startsWith);
    }
}
