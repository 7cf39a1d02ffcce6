package io.tapedeck.ingest.frames;

import io.tapedeck.ingest.matroska.JpegSize;
import io.tapedeck.ingest.matroska.Matroska;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One run of the log on its way: says which tracks it has, and places what comes. For one thread
/// at a time.
///
/// Sound is cut into blocks of 20 ms, whatever the pieces it came in; what is left over goes into
/// the next batch. So blocks follow each other on one grid, and each begins on a whole millisecond.
final class FramesRun {

    private static final int BLOCK_SAMPLES = SoundTimes.SAMPLES_PER_SECOND / 50;
    private static final int SAMPLE_BYTES = 2;

    private final Optional<JpegSize> pictures;
    private final boolean sound;
    private final long startNanos;
    private final PictureTimes pictureTimes = new PictureTimes();
    private final SoundTimes soundTimes = new SoundTimes();
    private boolean headed;
    private byte[] left = {};
    private long nextSample;

    /// @param pictures how large the first is; empty when it has none
    /// @param startNanos when the first of it came
    FramesRun(Optional<JpegSize> pictures, boolean sound, long startNanos) {
        this.pictures = pictures;
        this.sound = sound;
        this.startNanos = startNanos;
    }

    /// Whether a kind of message belongs to it.
    boolean takes(FramesMessage message) {
        return switch (message) {
            case FramesMessage.Picture _ -> pictures.isPresent();
            case FramesMessage.Sound _ -> sound;
            default -> true;
        };
    }

    boolean hasPictures() {
        return pictures.isPresent();
    }

    boolean hasSound() {
        return sound;
    }

    /// The next bytes of the log.
    ///
    /// @param last nothing more will come in this run
    byte[] write(FramesBatch batch, boolean last) {
        List<Matroska.Block> blocks = place(batch, last);
        var bytes = new ByteArrayOutputStream();
        if (!headed) {
            headed = true;
            bytes.writeBytes(
                    Matroska.header(
                            pictures,
                            sound
                                    ? OptionalInt.of(SoundTimes.SAMPLES_PER_SECOND)
                                    : OptionalInt.empty()));
        }
        bytes.writeBytes(Matroska.clusters(blocks));
        return bytes.toByteArray();
    }

    /// What they are made of.
    List<Matroska.Block> place(FramesBatch batch, boolean last) {
        var blocks = new ArrayList<Matroska.Block>();
        // First, for pictures go by it.
        placeSound(batch, blocks, last);
        placePictures(batch, blocks);
        blocks.sort(Comparator.comparingLong(Matroska.Block::atMicros));
        return blocks;
    }

    private void placePictures(FramesBatch batch, List<Matroska.Block> blocks) {
        List<FramesBatch.Picture> came = batch.pictures();
        if (came.isEmpty()) {
            return;
        }
        List<Arrival> arrivals = came.stream().map(FramesBatch.Picture::arrival).toList();
        PictureTimes.Span clock =
                soundTimes.since(
                        arrivals.getLast().micros(startNanos), pictureTimes.deafMicros(arrivals));
        int heard = came.getLast().soundsBefore();
        PictureTimes.Span end =
                heard < batch.sounds().size() ? soundTimes.around(heard, clock) : clock;
        List<Long> times = pictureTimes.place(arrivals, startNanos, end);
        for (int i = 0; i < came.size(); i++) {
            byte[] jpeg = came.get(i).jpeg();
            blocks.add(new Matroska.Block(Matroska.PICTURES, times.get(i), jpeg, 0, jpeg.length));
        }
    }

    private void placeSound(FramesBatch batch, List<Matroska.Block> blocks, boolean last) {
        List<FramesBatch.Sound> came = batch.sounds();
        if (!came.isEmpty()) {
            SoundTimes.Gap gap =
                    soundTimes.place(
                            came.stream().map(FramesBatch.Sound::arrival).toList(),
                            startNanos,
                            came.stream().mapToLong(s -> s.pcm().length / SAMPLE_BYTES).toArray());
            boolean holed = gap.samples() > 0;
            cut(came.subList(0, holed ? gap.piece() : 0), blocks, holed);
            nextSample += gap.samples();
            cut(came.subList(holed ? gap.piece() : 0, came.size()), blocks, false);
        }
        if (last) {
            cut(List.of(), blocks, true);
        }
    }

    /// @param all also the block that is not full
    private void cut(List<FramesBatch.Sound> pieces, List<Matroska.Block> blocks, boolean all) {
        var joined = new ByteArrayOutputStream();
        joined.writeBytes(left);
        pieces.forEach(piece -> joined.writeBytes(piece.pcm()));
        byte[] pcm = joined.toByteArray();
        int from = 0;
        int full = BLOCK_SAMPLES * SAMPLE_BYTES;
        while (pcm.length - from >= full || (all && from < pcm.length)) {
            int length = Math.min(full, pcm.length - from);
            blocks.add(
                    new Matroska.Block(
                            Matroska.SOUND, soundTimes.at(nextSample), pcm, from, length));
            nextSample += length / SAMPLE_BYTES;
            from += length;
        }
        left = Arrays.copyOfRange(pcm, from, pcm.length);
    }
}
