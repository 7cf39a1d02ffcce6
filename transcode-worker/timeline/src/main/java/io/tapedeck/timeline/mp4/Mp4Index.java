package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.clock.SoundCoding;
import io.tapedeck.timeline.codec.PictureHeads;
import io.tapedeck.timeline.fmp4.Boxes;
import io.tapedeck.timeline.fmp4.Fields;
import io.tapedeck.timeline.fmp4.PictureTrack;
import io.tapedeck.timeline.fmp4.SoundTrack;
import io.tapedeck.timeline.fmp4.TrackBox;
import io.tapedeck.timeline.stream.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes a list of a file's frames out of its index, in the order of decoding, pictures and sound
/// by turns. Of the frames themselves next to nothing is read.
///
/// Memory is bounded by the index, which is refused when it is too large, and work by the number of
/// frames. Whatever the bytes are, the only failures are an [IOException] of who reads them and a
/// [NotIndexableException].
public final class Mp4Index {

    /// Recorders write two or three; what is behind so many is passed over.
    private static final int MOST_TRACKS = 32;

    /// Of how many keyframes the bytes are looked at.
    private static final int HEADS = 12;

    /// A picture that is shown so little before the beginning is so by some rounding.
    private static final long EARLY_TICKS = Ticks.PER_SECOND / 100;

    /// Sound before the beginning that a decoder may want to settle.
    private static final long PRE_ROLL_TICKS = Ticks.PER_SECOND / 5;

    private final FileBytes file;
    private final List<TrackBox> boxes = new ArrayList<>();
    private final List<IndexedTrack> tracks = new ArrayList<>();
    private long movieUnitsPerSecond;

    private Mp4Index(FileBytes file) {
        this.file = file;
    }

    /// @return the list, as [io.tapedeck.timeline.plan.SessionPlan#startIndexed] is fed it
    /// @throws NotIndexableException there is no such list
    /// @throws IOException `file` failed
    public static byte[] list(FileBytes file) throws IOException, NotIndexableException {
        MovieBox moov = MovieBox.find(file);
        Mp4Index index = new Mp4Index(file);
        try {
            index.collect(new Boxes(moov.bytes(), moov.offsetBytes()));
            return index.list();
        } catch (MediaException e) {
            throw new NotIndexableException(String.valueOf(e.getMessage()), e);
        }
    }

    private void collect(Boxes moov) throws MalformedStreamException, NotIndexableException {
        while (moov.next()) {
            int type = moov.type();
            if (type == Types.MVEX || type == Types.CMOV) {
                throw new NotIndexableException("an index in pieces, or compressed");
            } else if (type == Types.MVHD) {
                Fields fields = moov.fields();
                int version = fields.u8();
                movieUnitsPerSecond = fields.skip(version == 1 ? 19 : 11).u32();
            } else if (type == Types.TRAK && boxes.size() < MOST_TRACKS) {
                TrackBox box = TrackBox.read(moov.children());
                boxes.add(box);
                if (box.handler() == Types.VIDE || box.handler() == Types.SOUN) {
                    tracks.add(new IndexedTrack(box, TrackIndex.read(moov.children()), 0));
                }
            }
        }
    }

    private Optional<IndexedTrack> first(int handler) {
        return tracks.stream()
                .filter(track -> track.box().handler() == handler)
                .filter(track -> track.index().sizes().count() > 0)
                .findFirst()
                .map(track -> new IndexedTrack(track.box(), track.index(), movieUnitsPerSecond));
    }

    private byte[] list() throws MediaException, IOException, NotIndexableException {
        IndexedTrack pictures = first(Types.VIDE).orElse(null);
        IndexedTrack sounds = first(Types.SOUN).orElse(null);
        Optional<Track.Video> video = Optional.empty();
        Optional<Track.Audio> audio = Optional.empty();
        if (pictures != null) {
            video = Optional.of(PictureTrack.of(pictures.box(), number(pictures)));
        }
        if (sounds != null) {
            audio = SoundTrack.of(sounds.box(), number(sounds));
        }
        if (audio.isPresent() != (sounds != null) || video.isEmpty() && audio.isEmpty()) {
            throw new NotIndexableException("sound that cannot be heard as it is, or nothing");
        }
        Tracks found = new Tracks(video, audio);
        boolean idr = pictures != null && isIdr(found, pictures);
        IndexHeader header = new IndexHeader(found, idr, soundHead(audio, sounds));
        Merging merging = new Merging(header);
        if (pictures == null || sounds == null) {
            return pictures == null
                    ? merging.list(new Walk(Objects.requireNonNull(sounds), Block.Kind.SOUND))
                    : merging.list(new Walk(pictures, Block.Kind.PICTURE));
        }
        return merging.list(
                new Walk(pictures, Block.Kind.PICTURE), new Walk(sounds, Block.Kind.SOUND));
    }

    private static int number(IndexedTrack track) throws NotIndexableException {
        if (track.box().trackId() < 1 || track.box().trackId() > Integer.MAX_VALUE) {
            throw new NotIndexableException("a track has no valid number");
        }
        return (int) track.box().trackId();
    }

    /// What each packet begins with, as far as it tells how long it is: as the first one does. All
    /// have to be as long as that.
    private byte[] soundHead(Optional<Track.Audio> track, @Nullable IndexedTrack sounds)
            throws IOException, NotIndexableException {
        int headBytes = track.map(Track.Audio::codec).map(Track.AudioCodec::headBytes).orElse(0);
        if (headBytes == 0 || sounds == null) {
            return new byte[0];
        }
        SampleCursor cursor = sounds.cursor(Block.Kind.SOUND, file.sizeBytes());
        if (!cursor.next() || cursor.isEmpty()) {
            throw new NotIndexableException("its sound begins with nothing");
        }
        IndexedSample first = cursor.sample();
        byte[] head = file.read(first.startBytes(), (int) Math.min(headBytes, first.sizeBytes()));
        SoundCoding coding = SoundCoding.of(track.orElseThrow());
        long units =
                (long) coding.samples(head, first.sizeBytes())
                        * sounds.box().unitsPerSecond()
                        / coding.sampleRateHertz();
        do {
            // The last one may be cut.
            if (Math.abs(cursor.durationUnits() - units) > 1 && !cursor.isLast()) {
                throw new NotIndexableException("packets of unequal length");
            }
        } while (cursor.next());
        return head;
    }

    /// Whether keyframes are IDR pictures, going by some of them. Whoever cuts there looks again.
    private boolean isIdr(Tracks found, IndexedTrack pictures)
            throws IOException, NotIndexableException {
        PictureHeads heads = PictureHeads.of(Optional.of(found));
        if (heads.bytes() == 0) {
            return false;
        }
        Keyframes keyframes = new Keyframes(HEADS);
        SampleCursor cursor = pictures.cursor(Block.Kind.PICTURE, file.sizeBytes());
        while (cursor.next()) {
            if (cursor.isKeyframe() && !cursor.isEmpty()) {
                keyframes.add(cursor.sample());
            }
        }
        for (IndexedSample sample : keyframes.some()) {
            int lengthBytes = Math.min(sample.sizeBytes(), heads.bytes());
            if (!heads.isIdr(file.read(sample.startBytes(), lengthBytes))) {
                return false;
            }
        }
        return true;
    }

    /// A track on its way into the list.
    private final class Walk {

        private final IndexedTrack track;
        private final SampleCursor cursor;
        private boolean more;

        Walk(IndexedTrack track, Block.Kind kind) throws NotIndexableException {
            this.track = track;
            this.cursor = track.cursor(kind, file.sizeBytes());
            this.more = cursor.next();
        }

        void next() throws NotIndexableException {
            long endTicks = cursor.endTicks();
            more = cursor.next();
            if (!more) {
                track.requireWhole(endTicks);
            }
        }

        boolean isBehind(Walk other) {
            return !more || other.more && other.cursor.decodeTicks() < cursor.decodeTicks();
        }
    }

    /// At most two tracks becoming one list.
    private final class Merging {

        private final IndexHeader header;
        private final IndexWriter out;
        private final SpanGuard guard = new SpanGuard();
        private long sizeBytes;

        Merging(IndexHeader header) {
            this.header = header;
            this.out = new IndexWriter(header);
        }

        byte[] list(Walk first, Walk second) throws NotIndexableException {
            while (first.more || second.more) {
                Walk next = first.isBehind(second) ? second : first;
                add(next.cursor);
                next.next();
            }
            guard.end();
            return out.toByteArray();
        }

        byte[] list(Walk only) throws NotIndexableException {
            while (only.more) {
                add(only.cursor);
                only.next();
            }
            guard.end();
            return out.toByteArray();
        }

        private void add(SampleCursor cursor) throws NotIndexableException {
            if (cursor.isEmpty()) {
                return;
            }
            IndexedSample sample = cursor.sample();
            if (sample.isPicture() && sample.ticks() < -EARLY_TICKS) {
                throw new NotIndexableException("an edit list begins between two keyframes");
            }
            if (!sample.isPicture() && sample.ticks() < -PRE_ROLL_TICKS) {
                return;
            }
            sizeBytes += sample.sizeBytes();
            if (sizeBytes > file.sizeBytes()) {
                throw new NotIndexableException("frames lie upon each other");
            }
            guard.add(sample, cursor.decodeTicks(), header.tracks().video().isPresent());
            out.add(sample);
        }
    }

    /// Some of many, evenly spread, the first one among them.
    private static final class Keyframes {

        private final int most;
        private final List<IndexedSample> some = new ArrayList<>();
        private long seen;
        private long distance = 1;

        Keyframes(int most) {
            this.most = most;
        }

        void add(IndexedSample sample) {
            if (seen++ % distance == 0) {
                some.add(sample);
            }
            if (some.size() > most) {
                distance *= 2;
                List<IndexedSample> kept =
                        IntStream.range(0, some.size())
                                .filter(i -> i % 2 == 0)
                                .mapToObj(some::get)
                                .toList();
                some.clear();
                some.addAll(kept);
            }
        }

        List<IndexedSample> some() {
            return some;
        }
    }
}
