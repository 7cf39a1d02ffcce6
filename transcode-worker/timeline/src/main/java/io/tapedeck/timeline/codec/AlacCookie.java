package io.tapedeck.timeline.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// The header of Apple Lossless sound ("magic cookie", ALACSpecificConfig): 24 bytes that some wrap
/// into a box with a version.
public record AlacCookie(int packetSamples, int channels, int sampleRateHertz, byte[] bytes) {

    private static final int SIZE_BYTES = 24;

    /// Encoders write 4096.
    private static final int MOST_SAMPLES = 1 << 14;

    private static final int MOST_CHANNELS = 8;
    private static final int TYPE = 0x616C6163;

    /// @return empty when these bytes are no such header
    public static Optional<AlacCookie> read(byte[] said) {
        int from =
                said.length >= SIZE_BYTES + 12 && ByteBuffer.wrap(said).getInt(4) == TYPE ? 12 : 0;
        if (said.length < from + SIZE_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = new byte[SIZE_BYTES];
        System.arraycopy(said, from, bytes, 0, SIZE_BYTES);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int samples = in.getInt(0);
        return samples < 1 || samples > MOST_SAMPLES || bytes[9] < 1 || bytes[9] > MOST_CHANNELS
                ? Optional.empty()
                : Optional.of(new AlacCookie(samples, bytes[9], in.getInt(20), bytes));
    }

    /// @param body of MP4's `alac` box in the entry of the same name
    /// @return empty when these bytes are no such header
    public static Optional<AlacCookie> ofMp4(byte[] body) {
        return body.length < Integer.BYTES
                ? Optional.empty()
                : read(Arrays.copyOfRange(body, Integer.BYTES, body.length));
    }

    /// Of a header that was read before.
    public static int packetSamples(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt();
    }
}
