package io.tapedeck.transcode.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.ffmpeg.convert.Fragmenter;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegExit;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.transcode.Shelf;
import io.tapedeck.transcode.contract.TranscodeJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes of a job before ffmpeg has anything to do with it.
class ConverterTest {

    private static final int MAX_ATTEMPTS = 2;
    private static final long MAX_BYTES = 1000;

    @TempDir private Path work;

    private final Shelf shelf = new Shelf().with("a", new byte[10]).with("b", new byte[10]);
    private final Ledger ledger = new Ledger();
    private final List<String> settled = new ArrayList<>();
    private WorkFiles.Space space = new WorkFiles.Space(1L << 40, 1L << 40);

    @Test
    void aJobThatIsDoneIsDropped() throws Exception {
        ledger.tries = -1;

        convert();

        assertThat(ledger.events).isEmpty();
        assertThat(settled).isEmpty();
    }

    @Test
    void aChunkThatIsLostFailsAfterTheLastTry() throws Exception {
        ledger.run = List.of(new RunChunk(0, "a", 10), new RunChunk(1, "lost", 10));

        convert();
        convert();

        assertThat(ledger.events)
                .containsExactly(
                        "given back", "A part of this recording is not in the store any more.");
        assertThat(settled).containsExactly("s", "s");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aStoreThatIsAwaySpoilsTheTry() {
        shelf.goAway();

        assertThatIOException().isThrownBy(this::convert);

        assertThat(ledger.events).containsExactly("spoilt");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void whatTookItsWorkersDownIsNotTouched() throws Exception {
        ledger.tries = MAX_ATTEMPTS;

        convert();

        assertThat(ledger.events).singleElement().asString().contains("several times over");
        assertThat(shelf.opened()).isZero();
    }

    @Test
    void anMp4WithAHoleIsRefusedAndAnOggIsNot() throws Exception {
        ledger.run = List.of(new RunChunk(3, "a", 10), new RunChunk(5, "lost", 10));
        ledger.container = ForeignContainer.MP4;
        convert();
        ledger.container = ForeignContainer.OGG;
        ledger.tries = 0;
        convert();

        assertThat(ledger.events).hasSize(2);
        assertThat(ledger.events.getFirst()).contains("MP4 file is missing");
        assertThat(ledger.events.getLast()).isEqualTo("given back");
    }

    @Test
    void anMp4WithoutAnIndexIsLeftToBeConverted() throws Exception {
        ledger.container = ForeignContainer.MP4;
        ledger.run = List.of(new RunChunk(0, "a", 10), new RunChunk(1, "huge", MAX_BYTES));
        shelf.with("huge", new byte[(int) MAX_BYTES]);

        convert();
        convert();

        assertThat(ledger.events.getFirst()).isEqualTo("unindexable");
        assertThat(ledger.events.getLast()).contains("too large");
    }

    @Test
    void whatIsTooLargeFailsInWords() throws Exception {
        ledger.run = List.of(new RunChunk(0, "a", MAX_BYTES + 1));

        convert();

        assertThat(ledger.events).singleElement().asString().contains("too large");
    }

    @Test
    void whatNeverFitsThisDiskIsLeftToLargerOnesButNotForEver() throws Exception {
        space = new WorkFiles.Space(1 << 20, 1 << 20);

        assertThatIOException().isThrownBy(this::convert);
        ledger.crowded = Duration.ofMinutes(61);
        convert();

        assertThat(ledger.events).hasSize(2).startsWith("spoilt");
        assertThat(ledger.events.getLast())
                .contains("60 minutes", "has 1 MB in all", "larger disk");
        assertThat(shelf.opened()).isZero();
    }

    @Test
    void whatDoesNotFitForNowWaitsButNotForEver() throws Exception {
        space = new WorkFiles.Space(1L << 40, 1 << 20);

        assertThatIOException().isThrownBy(this::convert);
        ledger.crowded = Duration.ofMinutes(61);
        convert();

        assertThat(ledger.events).hasSize(2).startsWith("spoilt");
        assertThat(ledger.events.getLast()).contains("60 minutes", "had 1 MB", "Make room");
        assertThat(shelf.opened()).isZero();
    }

    @Test
    void whatTakesTooLongIsNotTriedAgainAndNotCalledDamaged() throws Exception {
        var attempt = new Attempt("s", 0, ForeignContainer.AVI, false, 1, 1);

        converter()
                .failed(
                        attempt,
                        new FfmpegException(new FfmpegExit.TimedOut(Duration.ofHours(3), "")));

        assertThat(ledger.events)
                .singleElement()
                .asString()
                .contains("180 minutes")
                .doesNotContain("damaged");
    }

    @Test
    void aStopGivesItBack() {
        var cancellation = new Cancellation();
        cancellation.cancel();

        assertThatThrownBy(() -> convert(cancellation)).isInstanceOf(InterruptedException.class);

        assertThat(ledger.events).containsExactly("spoilt");
    }

    private void convert() throws Exception {
        convert(new Cancellation());
    }

    private void convert(Cancellation cancellation) throws Exception {
        converter().convert(new TranscodeJob.Convert("s", 0), cancellation);
    }

    private Converter converter() {
        return new Converter(
                ledger,
                shelf,
                new Fragmenter(new FfmpegInstallation("none", "none", ""), MAX_BYTES),
                new WorkFiles(work, () -> space),
                settled::add,
                Duration.ofDays(1),
                MAX_BYTES,
                MAX_ATTEMPTS,
                Duration.ofHours(1));
    }

    /// One run, with what was said of it.
    private static final class Ledger implements Conversions {

        private final List<String> events = new ArrayList<>();
        private List<RunChunk> run = List.of(new RunChunk(0, "a", 10), new RunChunk(1, "b", 10));
        private ForeignContainer container = ForeignContainer.OGG;
        private boolean unindexable;
        private Duration crowded = Duration.ZERO;

        /// Negative when it is settled.
        private int tries;

        @Override
        public Optional<Attempt> start(String sessionId, int number) {
            if (tries < 0) {
                return Optional.empty();
            }
            tries++;
            return Optional.of(
                    new Attempt(sessionId, number, container, unindexable, tries, tries));
        }

        @Override
        public List<RunChunk> chunks(Attempt attempt) {
            return run;
        }

        @Override
        public boolean alive(Attempt attempt, Advance advance) {
            return true;
        }

        @Override
        public boolean made(Attempt attempt, String objectKey, long sizeBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean indexed(Attempt attempt, String objectKey, long sizeBytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unindexable(Attempt attempt) {
            events.add("unindexable");
            unindexable = true;
            tries--;
        }

        @Override
        public Duration crowded(Attempt attempt) {
            return crowded;
        }

        @Override
        public void failed(Attempt attempt, String reason) {
            events.add(reason);
        }

        @Override
        public void givenBack(Attempt attempt, boolean spoilt) {
            events.add(spoilt ? "spoilt" : "given back");
        }
    }
}
