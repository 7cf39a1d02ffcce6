package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.Display;
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
/// @param display of pictures, but for how the track turns them
/// @param headers bodies of the boxes in it
public record SampleEntry(
        int coding,
        int widthPixels,
        int heightPixels,
        int channels,
        Display display,
        Map<Integer, byte[]> headers) {

    static final SampleEntry NONE = new SampleEntry(0, 0, 0, 0, Display.PLAIN, Map.of());

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
                fields.skip(50);
                Display display = display(fields.boxes());
                yield new SampleEntry(coding, width, height, 0, display, headers(fields.boxes()));
            }
            case BoxType.SOUN -> {
                int version = fields.skip(8).u16();
                int channels = fields.skip(6).u16();
                // QuickTime's first version puts four more numbers in between.
                Boxes inside = fields.skip(version == 1 ? 26 : 10).boxes();
                yield new SampleEntry(coding, 0, 0, channels, Display.PLAIN, headers(inside));
            }
            default -> NONE;
        };
    }

    /// Shape of pixels (ISO/IEC 14496-12 section 12.1.4), colours (section 12.1.5), and QuickTime's
    /// number of fields.
    private static Display display(Boxes inside) throws MalformedStreamException {
        Display display = Display.PLAIN;
        while (inside.next()) {
            Fields fields = inside.fields();
            switch (inside.type()) {
                case BoxType.PASP -> display = display.withPixels(fields.u32(), fields.u32());
                case BoxType.COLR -> {
                    int kind = fields.s32();
                    if (kind == BoxType.NCLX || kind == BoxType.NCLC) {
                        display = display.with(Display.Light.of(fields.skip(2).u16()));
                    }
                }
                case BoxType.FIEL -> display = fields.u8() == 2 ? display.inFields() : display;
                default -> {}
            }
        }
        return display;
    }

    private static Map<Integer, byte[]> headers(Boxes inside) throws MalformedStreamException {
        Map<Integer, byte[]> headers = new HashMap<>();
        while (inside.next()) {
            switch (inside.type()) {
                case BoxType.AVCC,
                        BoxType.HVCC,
                        BoxType.AV1C,
                        BoxType.DOPS,
                        BoxType.ALAC,
                        BoxType.ESDS ->
                        headers.put(inside.type(), inside.fields().rest());
                case BoxType.WAVE -> addQuickTime(inside.children(), headers);
                default -> {}
            }
        }
        return headers;
    }

    /// QuickTime has the header one box further in, and behind it one without a type.
    private static void addQuickTime(Boxes wave, Map<Integer, byte[]> headers)
            throws MalformedStreamException {
        while (!headers.containsKey(BoxType.ESDS) && wave.next()) {
            if (wave.type() == BoxType.ESDS) {
                headers.put(BoxType.ESDS, wave.fields().rest());
            }
        }
    }

    /// The body of a box in it, empty when there is none.
    byte[] header(int type) {
        return headers.getOrDefault(type, NO_HEADER);
    }
}
