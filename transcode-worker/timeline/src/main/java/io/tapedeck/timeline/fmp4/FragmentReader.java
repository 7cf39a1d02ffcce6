package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.stream.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the table of a fragment (`moof`, ISO/IEC 14496-12 section 8.8) into samples of the used
/// tracks, in the order of the table. Work and memory are bounded by the table's bytes and
/// [#MAX_SAMPLES], whatever counts it claims.
final class FragmentReader {

    /// Of one fragment; a minute of 60 pictures and 100 packets a second has half of that.
    static final int MAX_SAMPLES = 20_000;

    private static final long MAX_SAMPLE_BYTES = 64L << 20;
    private static final long MAX_OFFSET_BYTES = 1L << 60;
    private static final long MAX_UNITS = 1L << 61;

    private static final int TFHD_BASE_OFFSET = 0x1;
    private static final int TFHD_DESCRIPTION = 0x2;
    private static final int TFHD_DURATION = 0x8;
    private static final int TFHD_SIZE = 0x10;
    private static final int TFHD_FLAGS = 0x20;
    private static final int TFHD_BASE_IS_MOOF = 0x20000;

    private final MovieHeader header;
    private final DecodeTimes times;
    private final long streamStart;
    private final long moofStart;
    private final List<Sample> samples = new ArrayList<>();
    private final int room;
    private long dataEnd;

    /// @param times moved on by reading
    /// @param streamStart where the present stream begins in the run: base offsets count from there
    /// @param moofStart where the box begins in the run
    /// @param room how many samples may be in it
    FragmentReader(
            MovieHeader header, DecodeTimes times, long streamStart, long moofStart, int room) {
        this.header = header;
        this.times = times;
        this.streamStart = streamStart;
        this.moofStart = moofStart;
        this.room = room;
        this.dataEnd = moofStart;
    }

    /// @param moof its body
    List<Sample> read(byte[] moof) throws MediaException {
        Boxes boxes = new Boxes(moof, moofStart);
        while (boxes.next()) {
            if (boxes.type() == BoxType.TRAF) {
                readTrack(boxes.children());
            }
        }
        return samples;
    }

    /// A track's part of the fragment.
    ///
    /// @param timing absent where the track is not used
    /// @param baseBytes what data offsets count from
    private record Part(Optional<Timing> timing, long baseBytes, Timing.Defaults defaults) {}

    private void readTrack(Boxes traf) throws MediaException {
        Part part = null;
        long units = -1;
        while (traf.next()) {
            switch (traf.type()) {
                case BoxType.TFHD -> {
                    part = part(traf.fields());
                    dataEnd = part.baseBytes();
                    units = part.timing().map(Timing::kind).map(times::next).orElse(0L);
                }
                case BoxType.TFDT -> {
                    Fields fields = traf.fields();
                    int version = fields.u8();
                    units = fields.skip(3).wide(version);
                }
                case BoxType.TRUN -> {
                    if (part == null) {
                        throw malformed("a fragment does not say which track it belongs to");
                    }
                    units = readRun(traf.fields(), part, units);
                }
                default -> {}
            }
        }
    }

    private Part part(Fields tfhd) throws MediaException {
        int flags = tfhd.s32() & 0xFFFFFF;
        Optional<Timing> timing = header.timing(tfhd.u32());
        Timing.Defaults otherwise = timing.map(Timing::defaults).orElse(Timing.Defaults.NONE);
        long base = dataEnd;
        if ((flags & TFHD_BASE_OFFSET) != 0) {
            base = offset(streamStart, tfhd.s64());
        } else if ((flags & TFHD_BASE_IS_MOOF) != 0) {
            base = moofStart;
        }
        Timing.Defaults defaults =
                new Timing.Defaults(
                        (flags & TFHD_DESCRIPTION) != 0 ? tfhd.u32() : otherwise.description(),
                        (flags & TFHD_DURATION) != 0 ? tfhd.u32() : otherwise.durationUnits(),
                        (flags & TFHD_SIZE) != 0 ? tfhd.u32() : otherwise.sizeBytes(),
                        (flags & TFHD_FLAGS) != 0 ? tfhd.s32() : otherwise.flags());
        if (timing.isPresent() && defaults.description() != 1) {
            throw new UnsupportedMediaException(
                    "The recording changes to another codec or another description of it on the way, which cannot be read. What came before it is kept.");
        }
        return new Part(timing, base, defaults);
    }

    /// @param units decode time of the run's first sample
    /// @return decode time behind its last one
    private long readRun(Fields trun, Part part, long units) throws MediaException {
        SampleRun run = SampleRun.read(trun, part.defaults());
        if (run.offsetBytes().isPresent()) {
            dataEnd = offset(part.baseBytes(), run.offsetBytes().getAsInt());
        }
        if (part.timing().isEmpty()) {
            dataEnd = offset(dataEnd, run.totalBytes());
            return units;
        }
        if (run.count() > room - samples.size()) {
            throw new UnsupportedMediaException(
                    "The recording packs more than %d pictures and packets of sound into one fragment. Record with shorter ones."
                            .formatted(MAX_SAMPLES));
        }
        Timing timing = part.timing().get();
        long decode = units;
        long last = times.last(timing.kind());
        while (run.next()) {
            add(timing, run, decode);
            last = decode;
            decode += run.durationUnits();
            dataEnd = offset(dataEnd, run.sizeBytes());
        }
        times.at(timing.kind(), last, decode);
        return decode;
    }

    private void add(Timing timing, SampleRun run, long decode) throws MalformedStreamException {
        if (decode < 0 || decode > MAX_UNITS) {
            throw malformed("a time is too large");
        }
        if (run.sizeBytes() > MAX_SAMPLE_BYTES) {
            throw malformed("a frame has an impossible size");
        }
        if (run.sizeBytes() > 0) {
            samples.add(
                    new Sample(
                            timing.kind(),
                            dataEnd,
                            (int) run.sizeBytes(),
                            timing.ticks(decode, moofStart),
                            timing.ticks(decode + run.compositionUnits(), moofStart),
                            timing.kind() == Block.Kind.SOUND || run.isKeyframe()));
        }
    }

    private long offset(long from, long plus) throws MalformedStreamException {
        if (plus > MAX_OFFSET_BYTES || from + plus < 0 || from + plus > MAX_OFFSET_BYTES) {
            throw malformed("a frame is at an impossible place");
        }
        return from + plus;
    }

    private MalformedStreamException malformed(String what) {
        return MalformedStreamException.at(moofStart, what);
    }
}
