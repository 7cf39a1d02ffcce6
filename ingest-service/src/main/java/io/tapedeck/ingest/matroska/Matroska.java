package io.tapedeck.ingest.matroska;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The framing of the log: Matroska (RFC 9559) with pictures as `V_MJPEG` and sound as
/// `A_PCM/INT/LIT`, times in milliseconds. Each piece that is written here ends where an element
/// does.
public final class Matroska {

    public static final int PICTURES = 1;
    public static final int SOUND = 2;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /// A block's time counts from its cluster's in 16 bit; this is far from their end, and a point
    /// at which reading can begin again.
    private static final long LONGEST_CLUSTER_MILLIS = 2_000;

    private Matroska() {}

    /// A frame of one of the tracks.
    ///
    /// @param atMicros in the run
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Block(int track, long atMicros, byte[] payload, int from, int length) {

        long atMillis() {
            return Math.floorDiv(atMicros + 500, 1000L);
        }
    }

    /// What a run begins with.
    ///
    /// @param pictures how large they are; empty without pictures
    /// @param samplesPerSecond of one channel of 16 bit; empty without sound
    public static byte[] header(Optional<JpegSize> pictures, OptionalInt samplesPerSecond) {
        var tracks = new Ebml();
        pictures.ifPresent(size ->
                tracks.master(
                        0xAE,
                        track(PICTURES, 1, "V_MJPEG")
                                .master(
                                        0xE0,
                                        new Ebml()
                                                .unsigned(0xB0, size.widthPixels())
                                                .unsigned(0xBA, size.heightPixels()))));
        samplesPerSecond.ifPresent(samples ->
                tracks.master(
                        0xAE,
                        track(SOUND, 2, "A_PCM/INT/LIT")
                                .master(
                                        0xE1,
                                        new Ebml()
                                                .decimal(0xB5, samples)
                                                .unsigned(0x9F, 1)
                                                .unsigned(0x6264, 16))));
        return new Ebml()
                .master(
                        Ebml.HEADER,
                        new Ebml()
                                .unsigned(0x4286, 1)
                                .unsigned(0x42F7, 1)
                                .unsigned(0x42F2, 4)
                                .unsigned(0x42F3, 8)
                                .text(0x4282, "matroska")
                                .unsigned(0x4287, 4)
                                .unsigned(0x4285, 2))
                .open(Ebml.SEGMENT)
                .master(
                        0x1549A966,
                        new Ebml()
                                .unsigned(0x2AD7B1, NANOS_PER_MILLI)
                                .text(0x4D80, "Tapedeck")
                                .text(0x5741, "Tapedeck"))
                .master(0x1654AE6B, tracks)
                .toByteArray();
    }

    private static Ebml track(int number, int type, String codecId) {
        return new Ebml()
                .unsigned(0xD7, number)
                .unsigned(0x73C5, number)
                .unsigned(0x83, type)
                .unsigned(0x9C, 0)
                .text(0x86, codecId);
    }

    /// Frames as clusters.
    ///
    /// @param blocks in the order of time
    public static byte[] clusters(List<Block> blocks) {
        var out = new Ebml();
        int next = 0;
        while (next < blocks.size()) {
            long start = blocks.get(next).atMillis();
            var cluster = new Ebml().unsigned(0xE7, start);
            while (next < blocks.size()
                    && blocks.get(next).atMillis() - start < LONGEST_CLUSTER_MILLIS) {
                Block block = blocks.get(next);
                int behind = (int) (block.atMillis() - start);
                cluster.block(block.track(), behind, block.payload(), block.from(), block.length());
                next++;
            }
            out.master(Ebml.CLUSTER, cluster);
        }
        return out.toByteArray();
    }
}
