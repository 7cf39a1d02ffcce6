package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.fmp4.Boxes;
import io.tapedeck.timeline.fmp4.Fields;
import java.util.Optional;

/// The tables of a track (ISO/IEC 14496-12 sections 8.6 and 8.7), as they lie in the index.
///
/// @param durations runs of samples with the same duration (`stts`)
/// @param delays runs of samples that are shown equally long after they are decoded (`ctts`)
/// @param keyframes numbers of samples, from 1; absent where every one is one (`stss`)
/// @param chunkRuns runs of chunks with equally many samples (`stsc`)
/// @param chunks where each chunk begins
/// @param wide whether chunks have places of 64 bits
record TrackIndex(
        Table durations,
        Table delays,
        Optional<Table> keyframes,
        Table chunkRuns,
        Sizes sizes,
        Table chunks,
        boolean wide,
        Edits edits) {

    private static final int SELF_CONTAINED = 1;

    /// @param trak the track's box
    static TrackIndex read(Boxes trak) throws MalformedStreamException, NotIndexableException {
        Reading reading = new Reading();
        reading.track(trak);
        return reading.index();
    }

    private static final class Reading {

        private Table durations = Table.EMPTY;
        private Table delays = Table.EMPTY;
        private Optional<Table> keyframes = Optional.empty();
        private Table chunkRuns = Table.EMPTY;
        private Sizes sizes = new Sizes(0, 0, Integer.SIZE, Table.EMPTY.bytes());
        private Table chunks = Table.EMPTY;
        private boolean wide;
        private Edits edits = Edits.NONE;

        void track(Boxes boxes) throws MalformedStreamException, NotIndexableException {
            while (boxes.next()) {
                int type = boxes.type();
                if (type == Types.EDTS) {
                    edits = Edits.read(boxes.children());
                } else if (type == Types.DREF) {
                    requireSelfContained(boxes.fields());
                } else if (type == Types.STBL) {
                    tables(boxes.children());
                } else if (type == Types.MDIA || type == Types.MINF || type == Types.DINF) {
                    track(boxes.children());
                }
            }
        }

        private static void requireSelfContained(Fields dref)
                throws MalformedStreamException, NotIndexableException {
            Boxes entries = dref.skip(8).boxes();
            while (entries.next()) {
                if ((entries.fields().s32() & SELF_CONTAINED) == 0) {
                    throw new NotIndexableException("its frames are in another file");
                }
            }
        }

        private void tables(Boxes stbl) throws MalformedStreamException, NotIndexableException {
            while (stbl.next()) {
                int type = stbl.type();
                if (type == Types.STTS) {
                    durations = Table.read(stbl.fields(), 8);
                } else if (type == Types.CTTS) {
                    delays = Table.read(stbl.fields(), 8);
                } else if (type == Types.STSS) {
                    keyframes = Optional.of(Table.read(stbl.fields(), 4));
                } else if (type == Types.STSC) {
                    chunkRuns = Table.read(stbl.fields(), 12);
                } else if (type == Types.STSZ) {
                    sizes = Sizes.plain(stbl.fields());
                } else if (type == Types.STZ2) {
                    sizes = Sizes.compact(stbl.fields());
                } else if (type == Types.STCO || type == Types.CO64) {
                    wide = type == Types.CO64;
                    chunks = Table.read(stbl.fields(), wide ? 8 : 4);
                }
            }
        }

        TrackIndex index() {
            return new TrackIndex(
                    durations, delays, keyframes, chunkRuns, sizes, chunks, wide, edits);
        }
    }

    /// Where a chunk begins.
    ///
    /// @param chunk from 0
    long chunkStart(long chunk) {
        return wide ? chunks.s64(chunk) : chunks.u32(chunk);
    }
}
