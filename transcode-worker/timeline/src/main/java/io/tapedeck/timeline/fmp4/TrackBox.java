package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;

/// One track as the header has it (`trak`).
///
/// @param trackId 0 where there is none
/// @param rotationDegrees clockwise, how it turns its pictures
/// @param handler what it is, [BoxType#VIDE], [BoxType#SOUN] or anything
/// @param edit when it is shown
public record TrackBox(
        long trackId,
        int rotationDegrees,
        int handler,
        long unitsPerSecond,
        SampleEntry entry,
        Edit edit) {

    /// The beginning of an edit list. Recorders use it to hide what an encoder puts before the
    /// first sound, or to let a track begin later; what comes after the first real entry is none of
    /// theirs.
    ///
    /// @param delayUnits how long nothing is shown, in the movie's units
    /// @param startUnits media time of what is shown then
    public record Edit(long delayUnits, long startUnits) {

        static final Edit NONE = new Edit(0, 0);
    }

    public static TrackBox read(Boxes trak) throws MalformedStreamException {
        long trackId = 0;
        int rotation = 0;
        TrackBox media = new TrackBox(0, 0, 0, 0, SampleEntry.NONE, Edit.NONE);
        Edit edit = Edit.NONE;
        while (trak.next()) {
            switch (trak.type()) {
                case BoxType.TKHD -> {
                    Fields fields = trak.fields();
                    int version = fields.u8();
                    trackId = fields.skip(version == 1 ? 19 : 11).u32();
                    rotation = rotationDegrees(fields, version == 1 ? 28 : 24);
                }
                case BoxType.EDTS -> edit = edit(trak.children());
                case BoxType.MDIA -> media = media(trak.children());
                default -> {}
            }
        }
        return new TrackBox(
                trackId, rotation, media.handler, media.unitsPerSecond, media.entry, edit);
    }

    private static TrackBox media(Boxes mdia) throws MalformedStreamException {
        int handler = 0;
        long unitsPerSecond = 0;
        SampleEntry entry = SampleEntry.NONE;
        while (mdia.next()) {
            switch (mdia.type()) {
                case BoxType.MDHD -> {
                    Fields fields = mdia.fields();
                    int version = fields.u8();
                    unitsPerSecond = fields.skip(version == 1 ? 19 : 11).u32();
                }
                case BoxType.HDLR -> handler = mdia.fields().skip(8).s32();
                case BoxType.MINF -> entry = entry(mdia.children(), handler);
                default -> {}
            }
        }
        return new TrackBox(0, 0, handler, unitsPerSecond, entry, Edit.NONE);
    }

    /// By the matrix of a track's header, as far as it is a quarter turn: what else it may do, no
    /// camera asks for.
    ///
    /// @param before bytes in front of the matrix
    private static int rotationDegrees(Fields tkhd, int before) throws MalformedStreamException {
        if (tkhd.left() < before + 2 * Integer.BYTES) {
            return 0;
        }
        double across = tkhd.skip(before).s32();
        double down = tkhd.s32();
        return (int) Math.round(Math.toDegrees(Math.atan2(down, across)) / 90) * 90;
    }

    private static SampleEntry entry(Boxes minf, int handler) throws MalformedStreamException {
        SampleEntry entry = SampleEntry.NONE;
        while (minf.next()) {
            if (minf.type() == BoxType.STBL) {
                Boxes stbl = minf.children();
                while (stbl.next()) {
                    if (stbl.type() == BoxType.STSD) {
                        entry = SampleEntry.read(stbl.fields(), handler);
                    }
                }
            }
        }
        return entry;
    }

    private static Edit edit(Boxes edts) throws MalformedStreamException {
        while (edts.next()) {
            if (edts.type() == BoxType.ELST) {
                return edit(edts.fields());
            }
        }
        return Edit.NONE;
    }

    private static Edit edit(Fields elst) throws MalformedStreamException {
        int version = elst.u8();
        long count = elst.skip(3).u32();
        long delay = 0;
        for (long i = 0; i < count; i++) {
            long duration = elst.wide(version);
            long start = version == 1 ? elst.s64() : elst.s32();
            elst.skip(4);
            if (start >= 0) {
                return new Edit(delay, start);
            }
            if (duration < 0 || duration > Integer.MAX_VALUE) {
                throw elst.malformed("a track begins at an impossible time");
            }
            delay += duration;
        }
        return new Edit(delay, 0);
    }
}
