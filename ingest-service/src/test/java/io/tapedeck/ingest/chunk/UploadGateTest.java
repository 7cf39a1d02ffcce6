package io.tapedeck.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UploadGateTest {

    private static final long MEMORY = 2 * UploadGate.PART_BYTES;

    private final UploadGate gate = new UploadGate(MEMORY, Duration.ZERO, 3);

    @Test
    void aSessionHasItsShare() throws InterruptedException {
        UploadGate.Pass first = enter("a", 1);
        enter("a", 1);
        enter("a", 1);
        assertThat(gate.enter("a", 1)).isInstanceOf(UploadGate.SessionBusy.class);
        assertThat(gate.enter("b", 1)).isInstanceOf(UploadGate.Pass.class);
        first.close();
        assertThat(gate.enter("a", 1)).isInstanceOf(UploadGate.Pass.class);
    }

    @Test
    void aSessionHasAQuarterOfTheMemoryAndAlwaysOneUpload() throws InterruptedException {
        var large = new UploadGate(8 * UploadGate.PART_BYTES, Duration.ZERO, 16);
        large.enter("a", -1);
        large.enter("a", -1);
        assertThat(large.enter("a", 1)).isInstanceOf(UploadGate.SessionBusy.class);
        assertThat(large.enter("b", -1)).isInstanceOf(UploadGate.Pass.class);
        // Here a part is half of the memory, more than a share.
        assertThat(gate.enter("a", -1)).isInstanceOf(UploadGate.Pass.class);
    }

    @Test
    void memoryIsSharedByAll() throws InterruptedException {
        enter("a", -1);
        UploadGate.Pass second = enter("b", Long.MAX_VALUE);
        assertThat(gate.enter("c", 1)).isInstanceOf(UploadGate.Overloaded.class);
        second.close();
        assertThat(gate.enter("c", 1)).isInstanceOf(UploadGate.Pass.class);
    }

    @Test
    void whoIsSentAwayTakesNoPlace() throws InterruptedException {
        enter("a", -1);
        enter("b", -1);
        for (int i = 0; i < 10; i++) {
            assertThat(gate.enter("c", 1)).isInstanceOf(UploadGate.Overloaded.class);
        }
    }

    private UploadGate.Pass enter(String session, long sizeBytes) throws InterruptedException {
        return (UploadGate.Pass) gate.enter(session, sizeBytes);
    }
}
