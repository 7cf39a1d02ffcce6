package io.tapedeck.timeline.clock;

/// Facts about frames of AC-3 and E-AC-3 that stand in their header (ETSI TS 102 366 sections 4.3
/// and E.1.2).
final class Ac3Packet {

    private static final int BLOCK_SAMPLES = 256;
    private static final int MOST_BLOCKS = 6;

    /// By their code, for streams that do not say it with their rate.
    private static final int[] BLOCKS = {1, 2, 3, MOST_BLOCKS};

    private static final int HEADER_BYTES = 6;
    private static final int LAST_AC3 = 10;

    private Ac3Packet() {}

    /// How many samples a frame decodes to; 0 when no frame begins here.
    static int samples(byte[] head) {
        if (head.length < HEADER_BYTES || head[0] != 0x0B || head[1] != 0x77) {
            return 0;
        }
        boolean plain = (head[5] >> 3 & 31) <= LAST_AC3;
        boolean lowRate = (head[4] >> 6 & 3) == 3;
        int blocks = plain || lowRate ? MOST_BLOCKS : BLOCKS[head[4] >> 4 & 3];
        return blocks * BLOCK_SAMPLES;
    }
}
