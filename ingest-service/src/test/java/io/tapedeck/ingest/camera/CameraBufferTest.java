package io.tapedeck.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tapedeck.ingest.camera.CameraBuffer.Kind;
import io.tapedeck.ingest.camera.CameraBuffer.Piece;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CameraBufferTest {

    private final CameraBuffer.Memory memory = new CameraBuffer.Memory(4096);
    private final CameraBuffer one = new CameraBuffer(memory);
    private final CameraBuffer other = new CameraBuffer(memory);

    @Test
    void whoFindsNoRoomWaitsUntilAnythingOfAnyCameraIsStored() throws Exception {
        one.put(piece(3000));
        one.put(piece(500));
        var waiting = new CompletableFuture<Void>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        other.put(piece(2000));
                        waiting.complete(null);
                    } catch (InterruptedException e) {
                        waiting.completeExceptionally(e);
                    }
                });
        one.done(one.take());
        waiting.join();
        assertThat(one.isEmpty()).isFalse();
        one.done(one.take());
        assertThat(one.isEmpty()).isTrue();
    }

    @Test
    void aPieceLargerThanAllMemoryTakesAllOfIt() throws Exception {
        one.put(piece(100_000));
        one.done(one.take());
        other.put(piece(4096 - 1024));
    }

    @Test
    void whatIsClosedGivesBackItsRoomAndTakesNothing() throws Exception {
        one.put(piece(3500));
        one.close();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> one.put(piece(10)));
        Thread filling =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                other.put(piece(3500));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        await().until(() -> !filling.isAlive());
        assertThat(other.isEmpty()).isFalse();
    }

    private static Piece piece(int sizeBytes) {
        return new Piece(Kind.MEDIA, new byte[sizeBytes]);
    }
}
