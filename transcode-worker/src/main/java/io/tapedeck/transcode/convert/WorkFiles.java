package io.tapedeck.transcode.convert;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that conversions are made in.
record WorkFiles(Path directory, Disk disk) {

    /// What others on the same disk need to go on meanwhile.
    private static final long RESERVE_BYTES = 64L << 20;

    WorkFiles(Path directory) {
        this(directory, () -> Space.of(Files.getFileStore(directory)));
    }

    /// The disk that they are on.
    @FunctionalInterface
    interface Disk {
        Space space() throws IOException;
    }

    /// What there is on it.
    record Space(long totalBytes, long usableBytes) {

        private static Space of(FileStore store) throws IOException {
            return new Space(store.getTotalSpace(), store.getUsableSpace());
        }

        boolean everHas(long bytes) {
            return totalBytes >= bytes;
        }

        boolean has(long bytes) {
            return usableBytes >= bytes;
        }
    }

    /// Room for a recording and for what is made of it, which is about as large.
    static long neededBytes(long sizeBytes) {
        return 2 * sizeBytes + RESERVE_BYTES;
    }

    /// An empty file; whoever makes it deletes it.
    Path create() throws IOException {
        return Files.createTempFile(directory, "convert-", ".bin");
    }
}
