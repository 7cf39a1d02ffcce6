package io.tapedeck.transcode.check;

import io.tapedeck.timeline.Ticks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;

/// Reads from an MP4's index what it says of itself (ISO/IEC 14496-12): duration, pictures and
/// frames of sound. Only files of our own making come here; anything else has no answer.
final class Mp4Reader {

    private static final int HEADER_BYTES = 8;
    private static final int LONG_HEADER_BYTES = 16;

    /// A day of pictures and sound has some 50 MB of index.
    private static final long MOST_INDEX_BYTES = 64L << 20;

    private static final int MOST_BOXES = 100;

    /// Bytes of a file.
    @FunctionalInterface
    interface Range {
        byte[] read(long offsetBytes, int lengthBytes) throws IOException;
    }

    /// What an index says.
    record Index(long durationTicks, long pictures, long soundFrames) {

        static final Index EMPTY = new Index(0, 0, 0);
    }

    private Mp4Reader() {}

    /// @return empty when there is no index
    static Optional<Index> read(long sizeBytes, Range file) throws IOException {
        long at = 0;
        for (int i = 0; i < MOST_BOXES && at + HEADER_BYTES <= sizeBytes; i++) {
            int length = (int) Math.min(LONG_HEADER_BYTES, sizeBytes - at);
            ByteBuffer header = ByteBuffer.wrap(file.read(at, length));
            long boxBytes = Integer.toUnsignedLong(header.getInt(0));
            if (boxBytes == 1 && length == LONG_HEADER_BYTES) {
                boxBytes = header.getLong(HEADER_BYTES);
            }
            if (boxBytes < HEADER_BYTES || boxBytes > sizeBytes - at) {
                return Optional.empty();
            }
            if (type(header, 0).equals("moov")) {
                return boxBytes > MOST_INDEX_BYTES
                        ? Optional.empty()
                        : Optional.of(index(ByteBuffer.wrap(file.read(at, (int) boxBytes))));
            }
            at += boxBytes;
        }
        return Optional.empty();
    }

    private static Index index(ByteBuffer moov) {
        Index index = Index.EMPTY;
        for (ByteBuffer box : new Children(moov)) {
            index =
                    switch (type(box, 0)) {
                        case "mvhd" ->
                                new Index(duration(box), index.pictures(), index.soundFrames());
                        case "trak" -> withTrack(index, box);
                        default -> index;
                    };
        }
        return index;
    }

    private static long duration(ByteBuffer mvhd) {
        boolean wide = mvhd.get(HEADER_BYTES) == 1;
        long unitsPerSecond = Integer.toUnsignedLong(mvhd.getInt(wide ? 28 : 20));
        long units = wide ? mvhd.getLong(32) : Integer.toUnsignedLong(mvhd.getInt(24));
        return unitsPerSecond == 0 ? 0 : units * Ticks.PER_SECOND / unitsPerSecond;
    }

    private static Index withTrack(Index index, ByteBuffer trak) {
        String handler = "";
        long samples = 0;
        Optional<ByteBuffer> mdia = new Children(trak).first("mdia");
        if (mdia.isPresent()) {
            handler = new Children(mdia.get()).first("hdlr").map(hdlr -> type(hdlr, 12)).orElse("");
            samples =
                    new Children(mdia.get())
                            .first("minf")
                            .flatMap(minf -> new Children(minf).first("stbl"))
                            .flatMap(stbl -> new Children(stbl).first("stsz"))
                            .map(stsz -> Integer.toUnsignedLong(stsz.getInt(16)))
                            .orElse(0L);
        }
        return switch (handler) {
            case "vide" ->
                    new Index(
                            index.durationTicks(), index.pictures() + samples, index.soundFrames());
            case "soun" ->
                    new Index(
                            index.durationTicks(), index.pictures(), index.soundFrames() + samples);
            default -> index;
        };
    }

    /// Four letters that stand four bytes behind `at`.
    private static String type(ByteBuffer box, int at) {
        byte[] letters = new byte[4];
        box.get(at + 4, letters);
        return new String(letters, StandardCharsets.US_ASCII);
    }

    /// The boxes in a box, whole, with their headers.
    private record Children(ByteBuffer parent) implements Iterable<ByteBuffer> {

        @Override
        public Iterator<ByteBuffer> iterator() {
            var boxes = new ArrayList<ByteBuffer>();
            int at = HEADER_BYTES;
            while (at + HEADER_BYTES <= parent.limit()) {
                int size = parent.getInt(at);
                if (size < HEADER_BYTES || size > parent.limit() - at) {
                    break;
                }
                boxes.add(parent.slice(at, size));
                at += size;
            }
            return boxes.iterator();
        }

        Optional<ByteBuffer> first(String type) {
            for (ByteBuffer box : this) {
                if (type(box, 0).equals(type)) {
                    return Optional.of(box);
                }
            }
            return Optional.empty();
        }
    }
}
