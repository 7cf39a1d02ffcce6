package io.tapedeck.ffmpeg.export;

import static io.tapedeck.ffmpeg.export.ExportException.Reason.DISK_FULL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Room for a file in the work directory.
record DiskSpace(Path directory) {

    /// What others on the same disk need to go on meanwhile.
    private static final long RESERVE_BYTES = 64L << 20;

    /// MP4 is smaller than the transport stream it is made of; a tenth covers short recordings.
    void require(long sourceBytes) throws IOException, ExportException {
        long neededBytes = sourceBytes + sourceBytes / 10 + RESERVE_BYTES;
        long usableBytes = Files.getFileStore(directory).getUsableSpace();
        if (usableBytes < neededBytes) {
            throw new ExportException(
                    DISK_FULL,
                    "The server's disk is too full for this file: %d MB are needed and %d MB are free."
                            .formatted(neededBytes >> 20, usableBytes >> 20));
        }
    }

    static ExportException full(Throwable cause) {
        return new ExportException(
                DISK_FULL,
                "The server's disk became full while the file was written. Free some space there"
                        + " and try again.",
                cause);
    }
}
