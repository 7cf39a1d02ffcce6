package io.tapedeck.ffmpeg.segment;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// Sections that tell what is in a transport stream (ISO/IEC 13818-1 §2.4.4).
final class ProgramTables {

    static final int MAP_PID = 0x1000;

    private static final int PROGRAM = 1;
    private static final int CRC_POLYNOMIAL = 0x04C11DB7;

    private ProgramTables() {}

    /// @param type stream_type
    record Stream(int type, int pid) {}

    /// The program association section: one program.
    static byte[] association() {
        var body = new ByteArrayOutputStream();
        number(body, PROGRAM);
        number(body, 0xE000 | MAP_PID);
        return section(0, 1, body.toByteArray());
    }

    /// The program map section.
    ///
    /// @param clockPid whose packets carry the clock
    static byte[] map(int clockPid, List<Stream> streams) {
        var body = new ByteArrayOutputStream();
        number(body, 0xE000 | clockPid);
        number(body, 0xF000);
        for (var stream : streams) {
            body.write(stream.type());
            number(body, 0xE000 | stream.pid());
            number(body, 0xF000);
        }
        return section(2, PROGRAM, body.toByteArray());
    }

    private static byte[] section(int table, int extension, byte[] body) {
        var section = new ByteArrayOutputStream();
        section.write(table);
        // What follows the length: five bytes of header, the body, four of CRC.
        number(section, 0xB000 | (body.length + 9));
        number(section, extension);
        // Version 0, current; section 0 of 0.
        section.write(0xC1);
        number(section, 0);
        section.writeBytes(body);
        int crc = crc(section.toByteArray());
        number(section, crc >>> 16);
        number(section, crc);
        return section.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int twoBytes) {
        out.write(twoBytes >> 8);
        out.write(twoBytes);
    }

    /// CRC-32 of ISO/IEC 13818-1 Annex A: from the highest bit down, not inverted.
    private static int crc(byte[] bytes) {
        int crc = -1;
        for (byte b : bytes) {
            crc ^= b << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc << 1) ^ (crc < 0 ? CRC_POLYNOMIAL : 0);
            }
        }
        return crc;
    }
}
