package io.tapedeck.ingest.frames;

import io.tapedeck.ingest.matroska.JpegSize;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What has come since the last chunk. For one thread at a time.
final class FramesBatch {

    private long begunNanos;
    private final List<Picture> pictures = new ArrayList<>();
    private final List<Sound> sounds = new ArrayList<>();
    private long sizeBytes;

    /// @param begunNanos since when it waits to be stored
    FramesBatch(long begunNanos) {
        this.begunNanos = begunNanos;
    }

    /// @param soundsBefore how many pieces of sound of this batch came before it
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Picture(byte[] jpeg, JpegSize size, Arrival arrival, int soundsBefore) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sound(byte[] pcm, Arrival arrival) {}

    void add(FramesMessage.Picture picture, Arrival arrival) {
        pictures.add(new Picture(picture.jpeg(), picture.size(), arrival, sounds.size()));
        sizeBytes += picture.jpeg().length;
    }

    void add(FramesMessage.Sound sound, Arrival arrival) {
        sounds.add(new Sound(sound.pcm(), arrival));
        sizeBytes += sound.pcm().length;
    }

    long begunNanos() {
        return begunNanos;
    }

    /// Waits anew.
    void begin(long nowNanos) {
        begunNanos = nowNanos;
    }

    /// When the first of it came.
    long startNanos() {
        long picture = pictures.isEmpty() ? Long.MAX_VALUE : at(pictures.getFirst().arrival());
        long sound = sounds.isEmpty() ? Long.MAX_VALUE : at(sounds.getFirst().arrival());
        return Math.min(picture, sound);
    }

    private static long at(Arrival arrival) {
        return arrival.atNanos();
    }

    /// Takes out the pictures behind the last sound: the sound that belongs to them, and tells when
    /// they are, is still to come. Without any sound there is nothing to wait for.
    ///
    /// @return null when there are none
    @Nullable FramesBatch takeBehindSound() {
        List<Picture> behind =
                pictures.stream().filter(one -> one.soundsBefore() == sounds.size()).toList();
        if (sounds.isEmpty() || behind.isEmpty()) {
            return null;
        }
        var next = new FramesBatch(begunNanos);
        for (Picture one : behind) {
            pictures.removeLast();
            sizeBytes -= one.jpeg().length;
            next.add(new FramesMessage.Picture(one.jpeg(), one.size()), one.arrival());
        }
        return next;
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

    /// How large each message is.
    LongStream sizesBytes() {
        return LongStream.concat(
                pictures.stream().mapToLong(one -> one.jpeg().length),
                sounds.stream().mapToLong(one -> one.pcm().length));
    }

    long sizeBytes() {
        return sizeBytes;
    }
}
