package io.tapedeck.ffmpeg.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A recording of the corpus.
///
/// @param runs the bytes of each recorder start
record Recording(String name, List<byte[]> runs) {

    private static final Path CORPUS = Path.of("../../deploy/corpus");
    private static final Pattern CHUNK =
            Pattern.compile("\"i\"\\s*:\\s*(\\d+)\\s*,\\s*\"rec\"\\s*:\\s*(\\d+)");

    static List<String> names() throws IOException {
        try (var folders = Files.list(CORPUS)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    static Recording load(String name) throws IOException {
        Path folder = CORPUS.resolve(name);
        Map<Integer, ByteArrayOutputStream> runs = new TreeMap<>();
        var chunks = CHUNK.matcher(Files.readString(folder.resolve("manifest.json")));
        while (chunks.find()) {
            Path chunk = folder.resolve("%06d.bin".formatted(Integer.parseInt(chunks.group(1))));
            runs.computeIfAbsent(
                            Integer.parseInt(chunks.group(2)), _ -> new ByteArrayOutputStream())
                    .writeBytes(Files.readAllBytes(chunk));
        }
        var bytes = new ArrayList<byte[]>();
        runs.values().forEach(run -> bytes.add(run.toByteArray()));
        return new Recording(name, bytes);
    }
}
