package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;
import java.util.HashMap;
import java.util.Map;

/// How a track is coded: the first entry of its `stsd` (ISO/IEC 14496-12 section 8.5.2). A second
/// one counts for nothing unless a fragment asks for it, and then the fragment is refused.
///
/// @param coding its type
/// @param widthPixels of pictures
/// @param heightPixels of pictures
/// @param channels of sound
/// @param headers bodies of the boxes in it
record SampleEntry(
        int coding, int widthPixels, int heightPixels, int channels, Map<Integer, byte[]> headers) {

    static final SampleEntry NONE = new SampleEntry(0, 0, 0, 0, Map.of());

    private static final byte[] NO_HEADER = {};

    static SampleEntry read(Fields stsd, int handler) throws MalformedStreamException {
        Boxes entries = stsd.skip(8).boxes();
        if (!entries.next()) {
            return NONE;
        }
        int coding = entries.type();
        Fields fields = entries.fields();
        return switch (handler) {
            case BoxType.VIDE -> {
                fields.skip(24);
                int width = fields.u16();
                int height = fields.u16();
                Boxes inside = fields.skip(50).boxes();
                yield new SampleEntry(coding, width, height, 0, headers(inside));
            }
            case BoxType.SOUN -> {
                int version = fields.skip(8).u16();
                int channels = fields.skip(6).u16();
                // QuickTime's first version puts four more numbers in between.
                Boxes inside = fields.skip(version == 1 ? 26 : 10).boxes();
                yield new SampleEntry(coding, 0, 0, channels, headers(inside));
            }
            default -> NONE;
        };
    }

    private static Map<Integer, byte[]> headers(Boxes inside) throws MalformedStreamException {
        Map<Integer, byte[]> headers = new HashMap<>();
        while (inside.next()) {
            switch (inside.type()) {
                case BoxType.AVCC, BoxType.AV1C, BoxType.DOPS, BoxType.ESDS ->
                        headers.put(inside.type(), inside.fields().rest());
                default -> {}
            }
        }
        return headers;
    }

    /// The body of a box in it, empty when there is none.
    byte[] header(int type) {
        return headers.getOrDefault(type, NO_HEADER);
    }
}
