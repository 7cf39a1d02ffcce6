package io.tapedeck.timeline.clock;

/// Facts about frames of MPEG sound, layers II and III, that stand in their header (ISO/IEC 11172-3
/// section 2.4.2.3, ISO/IEC 13818-3 section 2.4.2.3).
final class MpegAudioPacket {

    private static final int LAYER_III = 1;
    private static final int LAYER_II = 2;
    private static final int MPEG_1 = 3;
    private static final int SAMPLES = 1152;

    private MpegAudioPacket() {}

    /// How many samples a frame decodes to; 0 when no frame begins here.
    static int samples(byte[] head) {
        if (head.length < 2 || head[0] != (byte) 0xFF || (head[1] & 0xE0) != 0xE0) {
            return 0;
        }
        int version = head[1] >> 3 & 3;
        return switch (head[1] >> 1 & 3) {
            case LAYER_II -> SAMPLES;
            case LAYER_III -> version == MPEG_1 ? SAMPLES : SAMPLES / 2;
            default -> 0;
        };
    }
}
