package io.tapedeck.ingest.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OversizeFilterTest {

    private static final int MOST = 70_000;

    private int tooLarge;

    @Test
    void onlyLargePayloadsAreTakenOutHoweverTheBytesCome() {
        var random = new Random(6);
        for (int round = 0; round < 50; round++) {
            tooLarge = 0;
            var in =
                    new EmbeddedChannel(
                            new OversizeFilter(MOST, () -> tooLarge++),
                            new WebSocket13FrameDecoder(
                                    WebSocketDecoderConfig.newBuilder()
                                            .maxFramePayloadLength(MOST)
                                            .build()));
            ByteBuf bytes = Unpooled.buffer();
            for (WebSocketFrame frame : frames()) {
                var out = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
                out.writeOutbound(frame);
                for (ByteBuf part = out.readOutbound(); part != null; part = out.readOutbound()) {
                    bytes.writeBytes(part);
                    part.release();
                }
            }
            while (bytes.isReadable()) {
                int most = Math.min(bytes.readableBytes(), 60_000);
                in.writeInbound(bytes.readRetainedSlice(1 + random.nextInt(most)));
            }
            bytes.release();
            List<String> seen = new ArrayList<>();
            for (WebSocketFrame f = in.readInbound(); f != null; f = in.readInbound()) {
                seen.add(
                        "%s %b %d"
                                .formatted(
                                        name(f), f.isFinalFragment(), f.content().readableBytes()));
                f.release();
            }
            assertThat(seen)
                    .containsExactly(
                            "Text true 5",
                            "Binary true 0",
                            "Text false 200",
                            "Continuation false 0",
                            "Ping true 3",
                            "Continuation true 70000",
                            "Text true 0",
                            "Text true 1");
            assertThat(tooLarge).isEqualTo(3);
        }
    }

    private static List<WebSocketFrame> frames() {
        return List.of(
                new TextWebSocketFrame(bytes(5)),
                new BinaryWebSocketFrame(bytes(MOST + 1)),
                new TextWebSocketFrame(false, 0, bytes(200)),
                new ContinuationWebSocketFrame(false, 0, bytes(300_000)),
                new PingWebSocketFrame(bytes(3)),
                new ContinuationWebSocketFrame(true, 0, bytes(MOST)),
                new TextWebSocketFrame(bytes(100_000)),
                new TextWebSocketFrame(bytes(1)));
    }

    private static ByteBuf bytes(int count) {
        return Unpooled.wrappedBuffer(new byte[count]);
    }

    private static String name(WebSocketFrame frame) {
        return frame.getClass().getSimpleName().replace("WebSocketFrame", "");
    }
}
