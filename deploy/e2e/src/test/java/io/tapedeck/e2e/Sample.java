package io.tapedeck.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file that `samples/make` makes, and what is to be seen and heard of it.
///
/// @param widthPixels as shown; 0 without pictures
/// @param heard whether it has a tone
record Sample(String name, int widthPixels, int heightPixels, boolean heard) {

    static final Path FOLDER = Path.of("samples");

    /// Those that are made of more than one command.
    private static final List<Sample> SPECIAL =
            List.of(
                    new Sample("phone.mp4", 320, 180, false),
                    new Sample("phone-fragments.mp4", 320, 180, false),
                    new Sample("uneven.mp4", 320, 240, true),
                    new Sample("two-sounds.mkv", 320, 240, true),
                    new Sample("cover.mp3", 0, 0, true),
                    new Sample("cover.m4a", 0, 0, true));

    /// All of them.
    static List<Sample> all() throws IOException {
        List<Sample> all =
                new ArrayList<>(
                        Files.readAllLines(FOLDER.resolve("samples.tsv")).stream()
                                .filter(line -> !line.startsWith("#"))
                                .map(Sample::of)
                                .toList());
        all.addAll(SPECIAL);
        return List.copyOf(all);
    }

    private static Sample of(String line) {
        String[] columns = line.split("\t");
        String[] size = columns[2].equals("none") ? new String[] {"0", "0"} : columns[2].split("x");
        return new Sample(
                columns[0],
                Integer.parseInt(size[0]),
                Integer.parseInt(size[1]),
                columns[3].equals("tone"));
    }

    boolean seen() {
        return widthPixels > 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
