package io.tapedeck.transcode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What browsers really recorded, chunk by chunk.
public final class Corpus {

    private static final Path ROOT = Path.of("..", "deploy", "corpus");

    private Corpus() {}

    public static List<byte[]> chunks(String recording) {
        try (Stream<Path> files = Files.list(ROOT.resolve(recording))) {
            return files.filter(file -> file.toString().endsWith(".bin"))
                    .sorted()
                    .map(Corpus::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
