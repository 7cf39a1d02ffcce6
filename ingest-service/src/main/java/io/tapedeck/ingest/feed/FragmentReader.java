package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Cuts fragmented MP4 (ISO/IEC 14496-12) into its header and its fragments. For one thread at a
/// time.
final class FragmentReader {

    private static final String MIME_TYPE = "video/mp4";

    /// Of a fragment. ffmpeg is told to begin another at 4 MB, so that only a picture which is
    /// larger than all that is left makes it longer.
    private static final int LONGEST_BYTES = 6 << 20;

    private static final byte[] NOTHING = {};

    private static final int FTYP = 0x66747970;
    private static final int MOOV = 0x6D6F6F76;
    private static final int MOOF = 0x6D6F6F66;
    private static final int MDAT = 0x6D646174;

    private final DataInputStream in;
    private final CameraFeed.Sink sink;
    private byte[] before = NOTHING;

    FragmentReader(InputStream in, CameraFeed.Sink sink) {
        this.in = new DataInputStream(in);
        this.sink = sink;
    }

    /// Reads the next box and hands on what it completes.
    ///
    /// @return false at the end
    /// @throws IOException when it is cut; a [FeedIoException] when it is too long
    boolean next() throws IOException, InterruptedException {
        byte[] head = in.readNBytes(8);
        if (head.length == 0) {
            return false;
        }
        if (head.length < 8) {
            throw new EOFException();
        }
        long size = ByteBuffer.wrap(head).getInt() & 0xFFFF_FFFFL;
        int type = ByteBuffer.wrap(head).getInt(4);
        if (size < 8) {
            throw new IOException("a box of " + size + " bytes");
        }
        switch (type) {
            case FTYP, MOOF -> {
                before = NOTHING;
                before = readBehind(NOTHING, head, size);
            }
            case MOOV -> sink.header(MIME_TYPE, joined(head, size));
            case MDAT -> sink.media(joined(head, size));
            // An index, which nobody needs.
            default -> in.skipNBytes(size - head.length);
        }
        return true;
    }

    private byte[] joined(byte[] head, long size) throws IOException {
        byte[] first = before;
        before = NOTHING;
        return readBehind(first, head, size);
    }

    /// Into one array, so that no other holds the same bytes while this one is made.
    private byte[] readBehind(byte[] first, byte[] head, long size) throws IOException {
        if (first.length + size > LONGEST_BYTES) {
            throw FeedProblem.NOT_UNDERSTOOD.whileReading(
                    ("Half a second of the camera's stream is longer than %d MiB. Choose a smaller"
                                    + " size or fewer bits in its settings.")
                            .formatted(LONGEST_BYTES >> 20));
        }
        byte[] both = Arrays.copyOf(first, (int) (first.length + size));
        System.arraycopy(head, 0, both, first.length, head.length);
        int from = first.length + head.length;
        in.readFully(both, from, both.length - from);
        return both;
    }
}
