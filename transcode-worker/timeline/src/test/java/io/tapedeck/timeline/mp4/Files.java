package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.Mp4Bytes;
import java.util.Arrays;
import java.util.List;

/// Files with an index in one piece, for tests of what becomes of them.
public final class Files {

    /// @param pictures when each is shown, in ticks, and its payload
    public record Made(byte[] bytes, List<String> pictures) {}

    private Files() {}

    public static Made make(int pictures, int sounds, int samplesPerChunk) {
        FileOfTables file =
                new FileOfTables(pictures, sounds)
                        .samplesPerChunk(samplesPerChunk)
                        .group(60)
                        .pictureEdits(Mp4Bytes.edits(0, 512));
        byte[] bytes = file.toByteArray();
        return new Made(
                bytes,
                file.written().stream()
                        .filter(FileOfTables.Written::picture)
                        .map(one ->
                                "%d %s"
                                        .formatted(
                                                (one.shownUnits() - 512)
                                                        * 90_000
                                                        / FileOfTables.PICTURE_UNITS,
                                                Arrays.toString(one.payload())))
                        .toList());
    }

    public static byte[] list(byte[] file) throws Exception {
        return Mp4Index.list(new FileOfTables.Memory(file));
    }
}
