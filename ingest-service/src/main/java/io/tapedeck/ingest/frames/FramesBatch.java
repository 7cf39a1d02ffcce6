package io.tapedeck.ingest.frames;

import io.tapedeck.ingest.matroska.JpegSize;
import java.util.ArrayList;
import java.util.List;

/// What has come since the last chunk. For one thread at a time.
final class FramesBatch {

    private final long startNanos;
    private final List<Picture> pictures = new ArrayList<>();
    private final List<Sound> sounds = new ArrayList<>();
    private final List<Long> holds = new ArrayList<>();
    private long sizeBytes;

    /// @param startNanos when the first of it came
    FramesBatch(long startNanos) {
        this.startNanos = startNanos;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Picture(byte[] jpeg, JpegSize size, Arrival arrival) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sound(byte[] pcm, Arrival arrival) {}

    void add(FramesMessage.Picture picture, Arrival arrival) {
        pictures.add(new Picture(picture.jpeg(), picture.size(), arrival));
        sizeBytes += picture.jpeg().length;
    }

    void add(FramesMessage.Sound sound, Arrival arrival) {
        sounds.add(new Sound(sound.pcm(), arrival));
        sizeBytes += sound.pcm().length;
    }

    long startNanos() {
        return startNanos;
    }

    List<Picture> pictures() {
        return pictures;
    }

    List<Sound> sounds() {
        return sounds;
    }

    boolean hasPictures() {
        return !pictures.isEmpty();
    }

    boolean hasSound() {
        return !sounds.isEmpty();
    }

    /// Notes what was taken of the memory for it.
    void holds(long bytes) {
        holds.add(bytes);
    }

    List<Long> held() {
        return holds;
    }

    long sizeBytes() {
        return sizeBytes;
    }
}
