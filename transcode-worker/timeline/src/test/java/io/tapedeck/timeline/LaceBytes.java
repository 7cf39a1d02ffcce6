package io.tapedeck.timeline;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// Writes what is behind the flags of a Matroska block that holds several frames, for tests, by RFC
/// 9559 section 10.3.
public enum LaceBytes {
    XIPH(0x02) {
        @Override
        void sizes(List<byte[]> frames, ByteArrayOutputStream out) {
            for (byte[] frame : frames.subList(0, frames.size() - 1)) {
                int left = frame.length;
                while (left >= 255) {
                    out.write(255);
                    left -= 255;
                }
                out.write(left);
            }
        }
    },
    EBML(0x06) {
        @Override
        void sizes(List<byte[]> frames, ByteArrayOutputStream out) {
            for (int i = 0; i < frames.size() - 1; i++) {
                int size = frames.get(i).length;
                // Two bytes each: up to 16382, and differences up to 8191 both ways.
                int value = i == 0 ? size : size - frames.get(i - 1).length + 0x1FFF;
                out.write(0x40 | value >> 8);
                out.write(value & 0xFF);
            }
        }
    },
    FIXED_SIZE(0x04) {
        @Override
        void sizes(List<byte[]> frames, ByteArrayOutputStream out) {}
    };

    private final int flags;

    LaceBytes(int flags) {
        this.flags = flags;
    }

    abstract void sizes(List<byte[]> frames, ByteArrayOutputStream out);

    public int flags() {
        return flags;
    }

    public byte[] payload(List<byte[]> frames) {
        var out = new ByteArrayOutputStream();
        out.write(frames.size() - 1);
        sizes(frames, out);
        frames.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
