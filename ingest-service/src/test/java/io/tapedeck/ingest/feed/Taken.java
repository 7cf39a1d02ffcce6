package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a feed handed on.
final class Taken implements CameraFeed.Sink {

    private final List<Run> runs = new CopyOnWriteArrayList<>();

    record Run(String mimeType, byte[] header, List<byte[]> media) {}

    List<Run> runs() {
        return runs;
    }

    int pieces() {
        return runs.stream().mapToInt(run -> run.media().size()).sum();
    }

    @Override
    public void header(String mimeType, byte[] bytes) {
        runs.add(new Run(mimeType, bytes, new CopyOnWriteArrayList<>()));
    }

    @Override
    public void media(byte[] bytes) {
        runs.getLast().media().add(bytes);
    }
}
