package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.codec.AudioSpecificConfig;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The descriptors of MPEG-4 sound (ISO/IEC 14496-1 section 7.2.6): a tree of tag, length, body.
final class Esds {

    private static final int ES = 3;
    private static final int DECODER_CONFIG = 4;
    private static final int DECODER_SPECIFIC = 5;
    private static final int MPEG4_AUDIO = 0x40;

    private Esds() {}

    /// @param body of the `esds` box
    /// @return empty when it holds anything but AAC that can be used
    static Optional<AudioSpecificConfig> read(byte[] body) {
        try {
            ByteBuffer in = ByteBuffer.wrap(body).position(4);
            enter(in, ES);
            int flags = in.position(in.position() + 2).get();
            if ((flags & 0x80) != 0) {
                in.position(in.position() + 2);
            }
            if ((flags & 0x40) != 0) {
                int length = in.get() & 0xFF;
                in.position(in.position() + length);
            }
            if ((flags & 0x20) != 0) {
                in.position(in.position() + 2);
            }
            enter(in, DECODER_CONFIG);
            int objectType = in.get() & 0xFF;
            in.position(in.position() + 12);
            byte[] config = new byte[Math.min(enter(in, DECODER_SPECIFIC), in.remaining())];
            in.get(config);
            return objectType == MPEG4_AUDIO ? AudioSpecificConfig.read(config) : Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Steps into the descriptor that begins here; its length has 7 bits a byte.
    private static int enter(ByteBuffer in, int tag) {
        if (in.get() != tag) {
            throw new IllegalArgumentException("Another descriptor");
        }
        int length = 0;
        for (int i = 0; i < 4; i++) {
            int b = in.get();
            length = length << 7 | (b & 0x7F);
            if (b >= 0) {
                break;
            }
        }
        return length;
    }
}
