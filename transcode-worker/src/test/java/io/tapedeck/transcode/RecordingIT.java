package io.tapedeck.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.contract.TranscodeEvent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real recordings through the whole worker.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class RecordingIT {

    @Inject Ingest ingest;
    @Inject World world;

    @Test
    void theOrderOfFactsChangesNothing() {
        List<byte[]> chunks = Corpus.chunks("chr-webm-vp8-480-t1000");

        List<World.Rendered> inOrder = outcome(chunks, facts -> facts);
        List<World.Rendered> reversed = outcome(chunks, List::reversed);
        List<World.Rendered> shuffledTwice =
                outcome(
                        chunks,
                        facts -> {
                            var twice = new ArrayList<>(facts);
                            twice.addAll(facts);
                            Collections.shuffle(twice, new Random(7));
                            return twice;
                        });

        assertThat(inOrder).hasSizeBetween(10, 11);
        assertThat(reversed).isEqualTo(inOrder);
        assertThat(shuffledTwice).isEqualTo(inOrder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chr-webm-vp9-480-t1000", "chr-mp4-avc3-opus-480-t1000"})
    void windowsFollowEachOtherWithoutAGap(String name) {
        List<World.Rendered> windows = outcome(Corpus.chunks(name), facts -> facts);

        for (int i = 1; i < windows.size(); i++) {
            World.Rendered before = windows.get(i - 1);
            assertThat(windows.get(i).startTicks()).isEqualTo(before.startTicks() + before.ticks());
            assertThat(before.ticks()).isEqualTo(180_000);
        }
        assertThat(windows).extracting(World.Rendered::window).startsWith(0L, 1L, 2L);
    }

    @Test
    void announcedRunsBecomeStretchesOfOneTimeline() {
        String session = UUID.randomUUID().toString();
        ingest.say(ingest.record(session, Corpus.chunks("chr-webm-vp8-restart5s"), true));

        List<World.Rendered> windows = world.whole(session);

        assertThat(windows).extracting(World.Rendered::run).contains(0, 1, 2, 3).isSorted();
        assertThat(windows).extracting(World.Rendered::startTicks).isSorted();
        assertThat(world.events(session, TranscodeEvent.RenditionPlanned.class)).hasSize(1);
    }

    @Test
    void theStoryIsNumberedWithoutAHole() {
        String session = UUID.randomUUID().toString();
        ingest.say(ingest.record(session, Corpus.chunks("chr-mkv-avc1-480-t1000")));

        world.whole(session);
        world.await(session, TranscodeEvent.TaskChanged.class, task -> task.state().isFinal());

        List<Long> sequences =
                world.events(session).stream()
                        .map(TranscodeEvent::sequence)
                        .distinct()
                        .sorted()
                        .toList();
        assertThat(sequences.getFirst()).isEqualTo(1);
        assertThat(sequences.getLast()).isEqualTo(sequences.size());
    }

    private interface Variation {
        List<? extends SessionEvent> apply(List<SessionEvent> facts);
    }

    private List<World.Rendered> outcome(List<byte[]> chunks, Variation variation) {
        String session = UUID.randomUUID().toString();
        ingest.say(variation.apply(ingest.record(session, chunks)));
        return world.whole(session);
    }
}
