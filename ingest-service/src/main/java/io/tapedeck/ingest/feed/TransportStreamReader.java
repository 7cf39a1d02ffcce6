package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// One unbroken MPEG transport stream on its way to ffmpeg, which is started once it is known what
/// is in the stream. For one thread at a time.
final class TransportStreamReader implements SegmentReader {

    private final CopyStarter starter;
    private final TransportStreamStart start = new TransportStreamStart();
    private @Nullable CopyProcess copy;

    TransportStreamReader(CopyStarter starter) {
        this.starter = starter;
    }

    /// Reads on to the end of `in`, and hands on what came also when it breaks off.
    void read(PatientStream in) throws IOException, FeedException {
        try {
            read(in, in::progress);
        } catch (IOException e) {
            if (copy != null) {
                copy.end();
            }
            throw e;
        }
        finish();
    }

    @Override
    public boolean readSegment(InputStream in) throws IOException, FeedException {
        return read(in, () -> {});
    }

    /// @param begun told when the stream could be begun; from then on ffmpeg's patience counts
    /// @return whether any of it was handed on
    private boolean read(InputStream in, Runnable begun) throws IOException, FeedException {
        byte[] buffer = new byte[32 << 10];
        boolean any = false;
        int count = in.read(buffer);
        while (count >= 0) {
            if (take(buffer, count)) {
                begun.run();
                any = true;
            }
            count = in.read(buffer);
        }
        return any;
    }

    private boolean take(byte[] bytes, int count) throws IOException, FeedException {
        byte[] passed = start.pass(bytes, 0, count);
        if (passed.length == 0) {
            return false;
        }
        if (copy == null) {
            boolean copiesSound = start.programme().map(Programme::copiesSound).orElse(false);
            copy = starter.transportStream(copiesSound);
        }
        copy.write(passed);
        return true;
    }

    /// Hands on what is still inside.
    ///
    /// @throws FeedException nothing could be made of it
    @Override
    public void finish() throws FeedException {
        if (copy != null) {
            copy.finish();
        }
    }

    @Override
    public void close() {
        if (copy != null) {
            copy.close();
        }
    }
}
