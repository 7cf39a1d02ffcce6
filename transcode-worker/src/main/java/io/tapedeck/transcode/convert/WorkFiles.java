package io.tapedeck.transcode.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that conversions are made in.
///
/// @param maxBytes size of a recording up to which it is converted
record WorkFiles(Path directory, long maxBytes) {

    /// What others on the same disk need to go on meanwhile.
    private static final long RESERVE_BYTES = 64L << 20;

    /// Room for a recording and for what is made of it, which is about as large.
    ///
    /// @throws NoRoomException there is none
    void requireRoom(long sizeBytes) throws IOException, NoRoomException {
        if (sizeBytes > maxBytes) {
            throw new NoRoomException(
                    "This part is too large to be converted: %d MB, and %d MB is the limit here."
                            .formatted(sizeBytes >> 20, maxBytes >> 20));
        }
        long neededBytes = 2 * sizeBytes + RESERVE_BYTES;
        long usableBytes = Files.getFileStore(directory).getUsableSpace();
        if (usableBytes < neededBytes) {
            throw new NoRoomException(
                    "The server's disk is too full to convert this part: %d MB are needed and %d MB are free."
                            .formatted(neededBytes >> 20, usableBytes >> 20));
        }
    }

    /// An empty file; whoever makes it deletes it.
    Path create() throws IOException {
        return Files.createTempFile(directory, "convert-", ".bin");
    }
}
