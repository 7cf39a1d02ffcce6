package io.tapedeck.timeline.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Types of boxes (ISO/IEC 14496-12) that an index is made of: four characters as one number.
final class Types {

    static final int MOOV = of("moov");
    static final int MOOF = of("moof");
    static final int MVHD = of("mvhd");
    static final int MVEX = of("mvex");
    static final int CMOV = of("cmov");
    static final int TRAK = of("trak");
    static final int EDTS = of("edts");
    static final int ELST = of("elst");
    static final int MDIA = of("mdia");
    static final int MINF = of("minf");
    static final int DINF = of("dinf");
    static final int DREF = of("dref");
    static final int STBL = of("stbl");
    static final int STTS = of("stts");
    static final int CTTS = of("ctts");
    static final int STSS = of("stss");
    static final int STSC = of("stsc");
    static final int STSZ = of("stsz");
    static final int STZ2 = of("stz2");
    static final int STCO = of("stco");
    static final int CO64 = of("co64");
    static final int VIDE = of("vide");
    static final int SOUN = of("soun");

    private Types() {}

    static int of(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    /// Whether these four bytes can be a type: printable, or the copyright sign of QuickTime.
    static boolean isType(int type) {
        for (int shift = 0; shift < 32; shift += 8) {
            int c = (type >>> shift) & 0xFF;
            if ((c < 0x20 || c > 0x7E) && c != 0xA9) {
                return false;
            }
        }
        return true;
    }
}
