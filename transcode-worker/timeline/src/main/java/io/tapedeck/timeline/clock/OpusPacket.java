package io.tapedeck.timeline.clock;

/// Facts about Opus packets that stand in their first two bytes (RFC 6716 section 3.1).
public final class OpusPacket {

    /// Samples of a packet of [#silence].
    public static final int SILENCE_SAMPLES = 960;

    private static final int MAX_SAMPLES = 5760;

    private OpusPacket() {}

    /// How many 48 kHz samples a packet decodes to; 0 when it is no valid packet.
    ///
    /// @param head the packet or its first two bytes
    public static int samples(byte[] head) {
        if (head.length == 0) {
            return 0;
        }
        int toc = head[0] & 0xFF;
        int samples = samplesPerFrame(toc >> 3) * frames(toc & 3, head);
        return samples <= MAX_SAMPLES ? samples : 0;
    }

    /// A packet of 20 ms of digital silence: one empty full-band CELT frame.
    public static byte[] silence(int channels) {
        return new byte[] {(byte) (channels == 1 ? 0xF8 : 0xFC), (byte) 0xFF, (byte) 0xFE};
    }

    private static int samplesPerFrame(int config) {
        if (config < 12) {
            // SILK: 10, 20, 40 or 60 ms.
            return switch (config & 3) {
                case 0 -> 480;
                case 1 -> 960;
                case 2 -> 1920;
                default -> 2880;
            };
        }
        if (config < 16) {
            // Hybrid: 10 or 20 ms.
            return (config & 1) == 0 ? 480 : 960;
        }
        // CELT: 2.5, 5, 10 or 20 ms.
        return 120 << (config & 3);
    }

    private static int frames(int code, byte[] head) {
        return switch (code) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> head.length > 1 ? head[1] & 0x3F : 0;
        };
    }
}
