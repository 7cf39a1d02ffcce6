package io.tapedeck.ffmpeg.export;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// An MP4 file (ISO/IEC 14496-12) as far as one needs to look into it.
final class Mp4File {

    private static final int MOOV = 0x6D6F6F76;
    private static final int MVHD = 0x6D766864;

    private Mp4File() {}

    /// How long it plays, from its movie header.
    ///
    /// @throws IOException it cannot be read, or has no such header
    static Duration duration(Path file) throws IOException {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            while (true) {
                long sizeBytes = Integer.toUnsignedLong(in.readInt());
                int type = in.readInt();
                long headerBytes = 8;
                if (sizeBytes == 1) {
                    sizeBytes = in.readLong();
                    headerBytes = 16;
                }
                if (type == MVHD) {
                    return duration(in);
                }
                if (type != MOOV) {
                    in.skipNBytes(Math.max(sizeBytes - headerBytes, 0));
                }
            }
        }
    }

    private static Duration duration(DataInputStream mvhd) throws IOException {
        boolean wide = mvhd.readInt() >>> 24 == 1;
        mvhd.skipNBytes(wide ? 16 : 8);
        long unitsPerSecond = Integer.toUnsignedLong(mvhd.readInt());
        long units = wide ? mvhd.readLong() : Integer.toUnsignedLong(mvhd.readInt());
        if (unitsPerSecond == 0) {
            throw new IOException("the MP4 file's header is broken");
        }
        return Duration.ofSeconds(units / unitsPerSecond)
                .plusNanos(units % unitsPerSecond * 1_000_000_000L / unitsPerSecond);
    }
}
