package io.tapedeck.ingest.frames;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Takes the payload out of WebSocket frames (RFC 6455 §5.2) that are too large, as it comes, and
/// lets them pass as empty ones. The server's own decoder would keep such a frame in memory up to
/// its limit, and end the connection beyond that. Of one connection, on its event loop.
final class OversizeFilter extends ChannelInboundHandlerAdapter {

    private static final int MASK_BYTES = 4;
    private static final int LONGEST_HEADER_BYTES = 2 + Long.BYTES + MASK_BYTES;
    private static final int CONTROL = 0x08;
    private static final int FLAGS_AND_CODE = 0xFF;
    private static final int MASKED = 0x80;

    private final long mostBytes;
    private final Runnable tooLarge;
    private final byte[] header = new byte[LONGEST_HEADER_BYTES];
    private int headerBytes;
    private long passBytes;
    private long skipBytes;

    /// @param tooLarge is told before the rest of a frame that was too large passes
    OversizeFilter(long mostBytes, Runnable tooLarge) {
        this.mostBytes = mostBytes;
        this.tooLarge = tooLarge;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        try {
            while (bytes.isReadable()) {
                take(context, bytes);
            }
        } finally {
            bytes.release();
        }
    }

    private void take(ChannelHandlerContext context, ByteBuf bytes) {
        if (skipBytes > 0) {
            int count = (int) Math.min(skipBytes, bytes.readableBytes());
            bytes.skipBytes(count);
            skipBytes -= count;
        } else if (passBytes > 0) {
            int count = (int) Math.min(passBytes, bytes.readableBytes());
            passBytes -= count;
            context.fireChannelRead(bytes.readRetainedSlice(count));
        } else {
            header[headerBytes++] = bytes.readByte();
            if (headerBytes == wantedBytes()) {
                decide(context);
            }
        }
    }

    private int wantedBytes() {
        if (headerBytes < 2) {
            return 2;
        }
        int length = header[1] & 0x7F;
        int more = length == 126 ? Short.BYTES : length == 127 ? Long.BYTES : 0;
        return 2 + more + ((header[1] & MASKED) == 0 ? 0 : MASK_BYTES);
    }

    private void decide(ChannelHandlerContext context) {
        long length = length();
        boolean isControl = (header[0] & CONTROL) != 0;
        int count = headerBytes;
        headerBytes = 0;
        // A negative length is the decoder's to refuse.
        if (length <= mostBytes || isControl) {
            passBytes = Math.max(0, length);
            context.fireChannelRead(context.alloc().buffer(count).writeBytes(header, 0, count));
            return;
        }
        skipBytes = length;
        tooLarge.run();
        ByteBuf empty = context.alloc().buffer(2 + MASK_BYTES);
        empty.writeByte(header[0] & FLAGS_AND_CODE).writeByte(header[1] & MASKED);
        if ((header[1] & MASKED) != 0) {
            empty.writeZero(MASK_BYTES);
        }
        context.fireChannelRead(empty);
    }

    private long length() {
        int length = header[1] & 0x7F;
        return switch (length) {
            case 126 -> number(Short.BYTES);
            case 127 -> number(Long.BYTES);
            default -> length;
        };
    }

    private long number(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | header[2 + i] & 0xFF;
        }
        return value;
    }
}
