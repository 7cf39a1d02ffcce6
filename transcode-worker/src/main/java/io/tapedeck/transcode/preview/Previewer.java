package io.tapedeck.transcode.preview;

import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.preview.PictureMaker;
import io.tapedeck.ffmpeg.preview.Sheet;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.segment.FirstPicture;
import io.tapedeck.transcode.contract.SegmentKeys;
import io.tapedeck.transcode.contract.TranscodeEvent.Picture;
import io.tapedeck.transcode.contract.TranscodeEvent.Storyboard;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the pictures of one session and puts them into the store, under keys that say what they
/// are: made twice, they are the same. Used once, by one thread.
final class Previewer {

    /// Of a poster: what a page shows in its width.
    private static final int POSTER_PIXELS = 1280;

    /// Of a segment: its first picture is in there. Those of pictures as they came are ten seconds
    /// long and of any rate. A keyframe of a 4K camera is about one MiB; what goes on behind this
    /// is shown for as far as it came.
    private static final long MOST_BYTES = 4L << 20;

    private static final String JPEG = "image/jpeg";
    private static final int DIGEST_CHARS = 16;

    private final Subject subject;
    private final ObjectStore objects;
    private final PictureMaker maker;
    private final Cancellation cancellation;

    Previewer(Subject subject, ObjectStore objects, PictureMaker maker, Cancellation cancellation) {
        this.subject = subject;
        this.objects = objects;
        this.maker = maker;
        this.cancellation = cancellation;
    }

    /// @param storyboard null while the session is not complete
    record Previews(Picture poster, @Nullable Storyboard storyboard) {}

    /// @throws IOException the store failed, or ffmpeg could not be run
    /// @throws FfmpegException nothing came of the pictures
    Previews make() throws IOException, FfmpegException {
        List<Shot> tiles = Storyboards.tiles(subject.small().shots());
        Picture poster = poster(tiles);
        return new Previews(poster, subject.complete() ? storyboard(tiles) : null);
    }

    /// The picture with most in it, going by the bytes that it takes: not a black one, and not the
    /// empty wall in front of which somebody sits down later.
    private Picture poster(List<Shot> tiles) throws IOException, FfmpegException {
        Shot best = tiles.getFirst();
        int mostBytes = 0;
        for (Shot candidate : Storyboards.candidates(tiles)) {
            int bytes = first(candidate).length;
            if (bytes > mostBytes) {
                best = candidate;
                mostBytes = bytes;
            }
        }
        Subject.Shots large = subject.large();
        Sheet size = Sheet.single(large.widthPixels(), large.heightPixels(), POSTER_PIXELS);
        return put("poster", List.of(large.at(best.startTicks())), size);
    }

    private Storyboard storyboard(List<Shot> tiles) throws IOException, FfmpegException {
        Subject.Shots small = subject.small();
        Sheet tile =
                Sheet.single(small.widthPixels(), small.heightPixels(), Storyboards.TILE_PIXELS);
        var pictures = new ArrayList<Picture>();
        List<Sheet> sheets = Storyboards.sheets(tile, tiles.size());
        int next = 0;
        for (Sheet sheet : sheets) {
            int end = Math.min(tiles.size(), next + sheet.tiles());
            pictures.add(put("storyboard", tiles.subList(next, end), sheet));
            next = end;
        }
        return new Storyboard(
                List.copyOf(pictures),
                tile.widthPixels(),
                tile.heightPixels(),
                sheets.getFirst().columns(),
                sheets.getFirst().rows(),
                tiles.stream().map(Shot::startTicks).toList(),
                small.shots().getLast().endTicks());
    }

    /// Read again each time: three hundred pictures as they came may be more than there is memory.
    private byte[] first(Shot shot) throws IOException {
        return FirstPicture.of(bytes(shot)).orElse(new byte[0]);
    }

    private byte[] bytes(Shot shot) throws IOException {
        int sizeBytes = Math.toIntExact(Math.min(MOST_BYTES, shot.sizeBytes()));
        try (InputStream in = objects.open(shot.objectKey(), 0, sizeBytes)) {
            byte[] bytes = in.readNBytes(sizeBytes);
            if (bytes.length < sizeBytes) {
                throw new EOFException(shot.objectKey() + " is cut short");
            }
            return bytes;
        }
    }

    private Picture put(String name, List<Shot> shots, Sheet sheet)
            throws IOException, FfmpegException {
        List<PictureMaker.Coded> pictures = new ArrayList<>();
        shots.forEach(shot -> pictures.add(() -> first(shot)));
        byte[] jpeg = maker.sheet(pictures, sheet, cancellation);
        String key = SegmentKeys.preview(subject.sessionId(), name, digest(jpeg));
        objects.put(key, new ByteArrayInputStream(jpeg), jpeg.length, JPEG);
        return new Picture(key, jpeg.length, sheet.widthPixels(), sheet.heightPixels());
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
