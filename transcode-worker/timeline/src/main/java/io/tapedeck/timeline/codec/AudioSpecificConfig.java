package io.tapedeck.timeline.codec;

import java.util.Optional;

/// The header of AAC sound (ISO/IEC 14496-3 section 1.6.2.1), as far as recorders write it: low
/// complexity, 1024 samples a packet, up to eight channels, at a rate that needs no spectral band
/// replication to be heard as it was.
public record AudioSpecificConfig(int sampleRateHertz, int channels) {

    public static final int SAMPLES_PER_PACKET = 1024;

    private static final int LOW_COMPLEXITY = 2;

    /// Of the channel configurations the last one that is common, and how many channels it has.
    private static final int INDEX_7_1 = 7;

    private static final int CHANNELS_7_1 = 8;

    /// By index; all others are too low for a recorder or too high to be counted in 48 kHz samples.
    private static final int INDEX_48000 = 3;

    private static final int[] HERTZ = {48_000, 44_100, 32_000};

    /// @return empty when it is another kind of AAC or no header at all
    public static Optional<AudioSpecificConfig> read(byte[] bytes) {
        if (bytes.length < 2) {
            return Optional.empty();
        }
        int bits = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        int objectType = bits >> 11;
        int index = (bits >> 7 & 15) - INDEX_48000;
        int channels = bits >> 3 & 15;
        // Its last bits ask for shorter packets, another layer, an extension.
        boolean usual = objectType == LOW_COMPLEXITY && (bits & 7) == 0;
        if (!usual
                || isExtended(bytes)
                || index < 0
                || index >= HERTZ.length
                || channels < 1
                || channels > INDEX_7_1) {
            return Optional.empty();
        }
        return Optional.of(
                new AudioSpecificConfig(
                        HERTZ[index], channels == INDEX_7_1 ? CHANNELS_7_1 : channels));
    }

    /// Whether what follows says that spectral band replication is in use after all.
    private static boolean isExtended(byte[] bytes) {
        return bytes.length > 4 && bytes[2] == 0x56 && bytes[3] == (byte) 0xE5 && bytes[4] < 0;
    }

    public byte[] toByteArray() {
        int index = INDEX_48000;
        while (HERTZ[index - INDEX_48000] != sampleRateHertz) {
            index++;
        }
        int configuration = channels == CHANNELS_7_1 ? INDEX_7_1 : channels;
        int bits = LOW_COMPLEXITY << 11 | index << 7 | configuration << 3;
        return new byte[] {(byte) (bits >> 8), (byte) bits};
    }
}
