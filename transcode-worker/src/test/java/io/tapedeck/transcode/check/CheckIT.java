package io.tapedeck.transcode.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.contract.SessionEvent;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.Corpus;
import io.tapedeck.transcode.Ingest;
import io.tapedeck.transcode.World;
import io.tapedeck.transcode.contract.CheckResult;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import io.tapedeck.transcode.contract.TranscodeEvent.Checked;
import io.tapedeck.transcode.contract.TranscodeEvent.Place;
import io.tapedeck.transcode.contract.TranscodeEvent.Planned;
import io.tapedeck.transcode.contract.TranscodeEvent.SegmentReady;
import io.tapedeck.transcode.database.JdbcDatabase;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Finished sessions are looked at, and what is wrong with them is found.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class CheckIT {

    @Inject Ingest ingest;
    @Inject World world;
    @Inject ObjectStore objects;
    @Inject JdbcDatabase database;
    @Inject JdbcCheckRepository checks;
    @Inject MeterRegistry meters;

    private final String session = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource({
        "chr-webm-vp8-restart5s, 528",
        "chr-webm-vp8-canvas720-t1000, 506",
        "chr-mp4-avc3-opus-480-t1000, 600",
        "chr-audio-webm-opus-t1000, 0",
        "ff-webm-vp8-pause-t1000, 511"
    })
    void whatBrowsersRecordIsWhole(String recording, int pictures) {
        ingest.say(
                ingest.record(session, Corpus.chunks(recording), recording.endsWith("-restart5s")));

        Checked checked = world.await(session, Checked.class, CheckIT::hasFile);

        assertThat(checked.checks())
                .filteredOn(check -> check.result() == CheckResult.FAILED)
                .isEmpty();
        assertThat(checked.passed()).isTrue();
        assertThat(result(checked, "pictures").words())
                .startsWith(
                        pictures == 0
                                ? "There are no pictures."
                                : "All %d pictures of the recording are in ".formatted(pictures));
        assertThat(result(checked, "sound-joints").result()).isEqualTo(CheckResult.PASSED);
        assertThat(result(checked, "stored").result()).isEqualTo(CheckResult.PASSED);
    }

    @Test
    void aSegmentThatIsGoneIsFound() throws IOException {
        ingest.say(ingest.record(session, Corpus.chunks("chr-webm-vp8-480-t250")));
        Checked whole = world.await(session, Checked.class, CheckIT::hasFile);
        assertThat(result(whole, "pictures").words())
                .startsWith("All 300 pictures of the recording are in the playlist, once each.");
        double failed = meters.get("tapedeck.checks").tag("result", "failed").counter().count();

        SegmentReady lost = world.events(session, SegmentReady.class).getFirst();
        objects.delete(List.of(lost.objectKey()));
        again();

        Checked checked = world.await(session, Checked.class, c -> c.sequence() > whole.sequence());
        assertThat(checked.passed()).isFalse();
        Check stored = result(checked, "stored");
        assertThat(stored.result()).isEqualTo(CheckResult.FAILED);
        assertThat(stored.placeCount()).isEqualTo(1);
        assertThat(stored.places().getFirst().rendition()).isEqualTo(lost.rendition());
        assertThat(stored.places().getFirst().startTicks()).isEqualTo(lost.startTicks());
        assertThat(meters.get("tapedeck.checks").tag("result", "failed").counter().count())
                .isEqualTo(failed + 1);
    }

    /// As if the renderer had found one picture less in the bytes than went by the planner.
    @Test
    void aPictureThatWasLostOnTheWayIsFound() {
        ingest.say(ingest.record(session, Corpus.chunks("chr-mkv-avc1-480-t1000")));
        Checked whole = world.await(session, Checked.class, CheckIT::hasFile);
        assertThat(result(whole, "pictures").result()).isEqualTo(CheckResult.PASSED);

        database.transaction(rows ->
                rows.update(
                        """
                        update planned_window set pictures = pictures + 1
                        where session_id = ? and window_index = 3
                        """,
                        session));
        again();

        Checked checked = world.await(session, Checked.class, c -> c.sequence() > whole.sequence());
        Check pictures = result(checked, "pictures");
        assertThat(pictures.result()).isEqualTo(CheckResult.FAILED);
        assertThat(pictures.places()).extracting(Place::rendition).containsExactly("480p");
        assertThat(pictures.places())
                .allSatisfy(place ->
                        assertThat(place.words())
                                .matches(
                                        "This part shows \\d+ of the recording's pictures instead of \\d+\\."));
    }

    @Test
    void whatWasMeasuredGoesWithItsSegmentIntoAnotherPlan() {
        var facts =
                new ArrayList<>(ingest.record(session, Corpus.chunks("chr-webm-vp8-480-t1000")));
        SessionEvent completed = facts.removeLast();
        SessionEvent late = facts.remove(8);
        ingest.say(facts);
        world.await(session, Planned.class, planned -> !planned.gaps().isEmpty());
        ingest.say(late);
        ingest.say(completed);

        Checked checked =
                world.await(session, Checked.class, c -> hasFile(c) && c.missing().isEmpty());

        assertThat(checked.passed()).isTrue();
        assertThat(result(checked, "pictures").words())
                .startsWith("All 600 pictures of the recording are in the playlist, once each.");
    }

    private void again() {
        database.transaction(rows -> {
            checks.wanted(rows, session);
            return true;
        });
    }

    private static boolean hasFile(Checked checked) {
        return result(checked, "file").result() != CheckResult.NOT_APPLICABLE;
    }

    private static Check result(Checked checked, String code) {
        return checked.checks().stream()
                .filter(check -> check.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
