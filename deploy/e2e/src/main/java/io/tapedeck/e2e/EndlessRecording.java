package io.tapedeck.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One unbroken recorder run as long as one likes: the beginning of a real WebM or Matroska
/// recording, again and again, each time with later timestamps.
///
/// It is for recordings whose clusters have an unknown size and whose frames are SimpleBlocks, as
/// Chromium's camera makes them. A chunk is one cluster, cut where Chromium cuts: one byte into the
/// next one (RFC 9559 §5.1.3 for the elements).
public final class EndlessRecording {

    private static final byte[] CLUSTER = {
        0x1F, 0x43, (byte) 0xB6, 0x75, 1, -1, -1, -1, -1, -1, -1, -1, (byte) 0xE7
    };
    private static final int SIMPLE_BLOCK = 0xA3;

    private final String mimeType;
    private final byte[] header;
    private final List<Cluster> clusters;
    private final long periodMillis;

    /// @param millis of its beginning
    /// @param blocks its elements
    private record Cluster(long millis, byte[] blocks) {}

    private EndlessRecording(
            String mimeType, byte[] header, List<Cluster> clusters, long periodMillis) {
        this.mimeType = mimeType;
        this.header = header;
        this.clusters = clusters;
        this.periodMillis = periodMillis;
    }

    /// @param period how much of the recording is repeated; a multiple of its packets' durations,
    ///   so that the sound goes on exactly where it ended
    public static EndlessRecording of(Recording recording, Duration period) {
        byte[] bytes = whole(recording);
        List<Integer> starts = new ArrayList<>();
        for (int at = find(bytes, 0); at >= 0; at = find(bytes, at + CLUSTER.length)) {
            starts.add(at);
        }
        starts.add(bytes.length);
        List<Cluster> clusters = new ArrayList<>();
        Map<Integer, Long> firstMillis = new HashMap<>();
        for (int i = 0; i + 1 < starts.size(); i++) {
            ByteBuffer in =
                    ByteBuffer.wrap(bytes, starts.get(i), starts.get(i + 1) - starts.get(i));
            in.position(in.position() + CLUSTER.length);
            long millis = number(in, (int) vint(in));
            byte[] blocks = blocks(in, millis, firstMillis, period.toMillis());
            if (blocks.length > 0) {
                clusters.add(new Cluster(millis, blocks));
            }
        }
        return new EndlessRecording(
                recording.mimeType(),
                Arrays.copyOf(bytes, starts.getFirst()),
                List.copyOf(clusters),
                period.toMillis());
    }

    public String mimeType() {
        return mimeType;
    }

    /// How many chunks have so many repetitions.
    public int chunks(int repetitions) {
        return repetitions * clusters.size();
    }

    /// How many repetitions last at least so long.
    public int repetitions(Duration length) {
        return Math.ceilDiv(Math.toIntExact(length.toMillis()), Math.toIntExact(periodMillis));
    }

    /// How long so many repetitions last.
    public Duration length(int repetitions) {
        return Duration.ofMillis(repetitions * periodMillis);
    }

    /// Bytes of one chunk.
    ///
    /// @param last whether the recording ends with it
    public byte[] chunk(int index, boolean last) {
        byte[] cluster = cluster(index);
        var out = new ByteArrayOutputStream(header.length + cluster.length + 1);
        out.writeBytes(index == 0 ? header : new byte[0]);
        out.write(cluster, index == 0 ? 0 : 1, cluster.length - (index == 0 ? 0 : 1));
        if (!last) {
            out.write(CLUSTER[0]);
        }
        return out.toByteArray();
    }

    private byte[] cluster(int index) {
        Cluster cluster = clusters.get(index % clusters.size());
        long millis = index / clusters.size() * periodMillis + cluster.millis();
        return ByteBuffer.allocate(CLUSTER.length + 5 + cluster.blocks().length)
                .put(CLUSTER)
                .put((byte) 0x84)
                .putInt(Math.toIntExact(millis))
                .put(cluster.blocks())
                .array();
    }

    /// The SimpleBlocks that lie in the period, counted from the first of their track.
    private static byte[] blocks(
            ByteBuffer in, long clusterMillis, Map<Integer, Long> firstMillis, long periodMillis) {
        var kept = new ByteArrayOutputStream();
        while (in.hasRemaining()) {
            int start = in.position();
            int id = Byte.toUnsignedInt(in.get());
            int size = (int) vint(in);
            int end = in.position() + size;
            if (id != SIMPLE_BLOCK || end > in.limit()) {
                throw new IllegalArgumentException("not a SimpleBlock at byte " + start);
            }
            int track = (int) vint(in);
            long millis = clusterMillis + in.getShort();
            if (millis - firstMillis.computeIfAbsent(track, _ -> millis) < periodMillis) {
                kept.write(in.array(), start, end - start);
            }
            in.position(end);
        }
        return kept.toByteArray();
    }

    /// A number of variable length (RFC 8794 §4), without its marker.
    private static long vint(ByteBuffer in) {
        int first = Byte.toUnsignedInt(in.get());
        int more = Integer.numberOfLeadingZeros(first) - 24;
        long value = first & (0x7F >> more);
        for (int i = 0; i < more; i++) {
            value = value << 8 | Byte.toUnsignedLong(in.get());
        }
        return value;
    }

    private static long number(ByteBuffer in, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | Byte.toUnsignedLong(in.get());
        }
        return value;
    }

    private static int find(byte[] bytes, int from) {
        for (int at = from; at + CLUSTER.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + CLUSTER.length, CLUSTER, 0, CLUSTER.length)) {
                return at;
            }
        }
        return -1;
    }

    private static byte[] whole(Recording recording) {
        try {
            var out = new ByteArrayOutputStream();
            for (Path chunk : recording.chunks()) {
                out.write(Files.readAllBytes(chunk));
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
