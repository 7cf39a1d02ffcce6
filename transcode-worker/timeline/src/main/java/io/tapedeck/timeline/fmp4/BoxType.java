package io.tapedeck.timeline.fmp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Types of boxes and of what is coded in them: four characters as one number.
final class BoxType {

    static final int FTYP = 0x66747970;
    static final int MOOV = 0x6D6F6F76;
    static final int MVHD = 0x6D766864;
    static final int MVEX = 0x6D766578;
    static final int TREX = 0x74726578;

    static final int TRAK = 0x7472616B;
    static final int TKHD = 0x746B6864;
    static final int EDTS = 0x65647473;
    static final int ELST = 0x656C7374;
    static final int MDIA = 0x6D646961;
    static final int MDHD = 0x6D646864;
    static final int HDLR = 0x68646C72;
    static final int MINF = 0x6D696E66;
    static final int STBL = 0x7374626C;
    static final int STSD = 0x73747364;

    static final int VIDE = 0x76696465;
    static final int SOUN = 0x736F756E;

    static final int AVC1 = 0x61766331;
    static final int AVC3 = 0x61766333;
    static final int AVCC = 0x61766343;
    static final int VP08 = 0x76703038;
    static final int VP09 = 0x76703039;
    static final int AV01 = 0x61763031;
    static final int AV1C = 0x61763143;
    static final int HVC1 = 0x68766331;
    static final int HEV1 = 0x68657631;
    static final int JPEG = 0x6A706567;
    static final int PASP = 0x70617370;
    static final int COLR = 0x636F6C72;
    static final int NCLX = 0x6E636C78;
    static final int NCLC = 0x6E636C63;
    static final int FIEL = 0x6669656C;
    static final int HVCC = 0x68766343;
    static final int MP4V = 0x6D703476;
    static final int ENCV = 0x656E6376;
    static final int OPUS = 0x4F707573;
    static final int DOPS = 0x644F7073;
    static final int MP4A = 0x6D703461;
    static final int ALAC = 0x616C6163;
    static final int ESDS = 0x65736473;
    static final int WAVE = 0x77617665;

    static final int MOOF = 0x6D6F6F66;
    static final int MFHD = 0x6D666864;
    static final int TRAF = 0x74726166;
    static final int TFHD = 0x74666864;
    static final int TFDT = 0x74666474;
    static final int TRUN = 0x7472756E;
    static final int MDAT = 0x6D646174;

    /// Whatever is passed over.
    static final int SKIPPED = 0;

    private BoxType() {}

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

    /// For people.
    static String text(int type) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(type).array();
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .strip()
                .replaceAll("[^A-Za-z0-9.-]", "?");
    }
}
