package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Segments of fragmented MP4 on their way to ffmpeg, which cuts them smaller and lets them begin
/// at zero. For one thread at a time.
final class FragmentedReader implements SegmentReader {

    private final CopyProcess copy;

    private FragmentedReader(CopyProcess copy) {
        this.copy = copy;
    }

    /// @param header `ftyp` and `moov` of the segments
    static FragmentedReader start(CopyStarter starter, byte[] header) throws FeedException {
        String text = new String(header, ISO_8859_1);
        boolean copiesSound = text.contains("mp4a") || !text.contains("soun");
        var copy = starter.fragments(copiesSound);
        try {
            copy.write(header);
            return new FragmentedReader(copy);
        } catch (FeedException e) {
            copy.close();
            throw e;
        }
    }

    @Override
    public boolean readSegment(InputStream in) throws IOException, FeedException {
        byte[] buffer = new byte[32 << 10];
        boolean any = false;
        int count = in.read(buffer);
        while (count >= 0) {
            copy.write(Arrays.copyOf(buffer, count));
            any |= count > 0;
            count = in.read(buffer);
        }
        return any;
    }

    @Override
    public void finish() throws FeedException {
        copy.finish();
    }

    @Override
    public void close() {
        copy.close();
    }
}
