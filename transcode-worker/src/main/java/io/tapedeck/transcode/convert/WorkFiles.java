package io.tapedeck.transcode.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that conversions are made in.
record WorkFiles(Path directory) {

    /// What others on the same disk need to go on meanwhile.
    private static final long RESERVE_BYTES = 64L << 20;

    /// Room for a recording and for what is made of it, which is about as large.
    ///
    /// @throws IOException there is none at present
    void requireRoom(long sizeBytes) throws IOException {
        long neededBytes = 2 * sizeBytes + RESERVE_BYTES;
        long usableBytes = Files.getFileStore(directory).getUsableSpace();
        if (usableBytes < neededBytes) {
            throw new IOException(
                    "the disk is too full to convert a recording in %s: %d MB are needed and %d MB are free"
                            .formatted(directory, neededBytes >> 20, usableBytes >> 20));
        }
    }

    /// An empty file; whoever makes it deletes it.
    Path create() throws IOException {
        return Files.createTempFile(directory, "convert-", ".bin");
    }
}
