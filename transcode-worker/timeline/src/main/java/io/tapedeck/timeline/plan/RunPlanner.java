package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.clock.RunClock;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamSink;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plans the windows of one run from its bytes, in order, however they are cut.
///
/// The same bytes give the same windows, whether fed one by one or all at once, in one life or over
/// several ([#save], [#restore]). Memory is bounded whatever the length. Not thread-safe.
///
/// A recorder that was restarted without telling anyone shows as a second header in the middle of
/// the bytes: the timeline starts over behind what came before (another `originTicks` under the
/// same run number). So it does behind lost bytes. A discontinuity is where the run *or* the origin
/// changes.
public final class RunPlanner {

    private static final int VERSION = 11;

    /// Knew nothing of IDR pictures that were passed over.
    private static final int VERSION_WITHOUT_HALVES = 10;

    /// Wrote everything but the grid, for there was one only.
    private static final int VERSION_WITHOUT_GRID = 9;

    /// Half a day of them: more than honest bytes of one feeding hold. Headers and leaps of the
    /// clock can make a window of a few bytes each.
    private static final int MOST_WINDOWS_AT_ONCE = 25_000;

    /// Leaps that are left out, each at [RunClock#LEAP_TICKS], when there is no room for any more
    /// empty windows. What leaps more often is damage.
    private static final long MOST_LEAPT_TICKS =
            RunClock.MAX_LEAPT_TICKS + 1000 * RunClock.LEAP_TICKS;

    private static final String JUMPY = "The recording's clock jumps again and again.";

    private final Grid grid;
    private final RunWindows windows;
    private final Probe probe;
    private final Losses losses;
    private final Events events = new Events();
    private boolean cuttable;
    private long leaptTicks;
    private boolean over;
    private @Nullable Container container;
    private @Nullable StreamPlanner stream;

    private RunPlanner(
            Grid grid,
            RunWindows windows,
            Probe probe,
            Losses losses,
            boolean cuttable,
            long leaptTicks) {
        this.grid = grid;
        this.windows = windows;
        this.probe = probe;
        this.losses = losses;
        this.cuttable = cuttable;
        this.leaptTicks = leaptTicks;
    }

    static RunPlanner start(int run, SessionPlan plan, Grid grid) {
        return new RunPlanner(
                grid,
                new RunWindows(run, plan),
                new Probe(),
                new Losses(),
                plan.cuttable(),
                plan.leaptTicks());
    }

    /// A planner that is fed the list of an MP4 file's frames instead of the file.
    static RunPlanner startIndexed(int run, SessionPlan plan, Grid grid) {
        RunPlanner planner = start(run, plan, grid);
        planner.container = Container.begin(StreamFormat.MP4_INDEX);
        return planner;
    }

    /// @param state from [#save]
    /// @throws IllegalArgumentException when it is not, or from another version
    public static RunPlanner restore(byte[] state) {
        StateInput in = new StateInput(state);
        int version = in.version(VERSION_WITHOUT_GRID, VERSION);
        RunPlanner planner =
                new RunPlanner(
                        version > VERSION_WITHOUT_GRID ? Grid.restore(in) : Grid.USUAL,
                        RunWindows.restore(in),
                        Probe.restore(in),
                        Losses.restore(in),
                        in.flag(),
                        in.number());
        if (in.flag()) {
            Container container = Container.restore(in);
            planner.container = container;
            if (in.flag()) {
                Tracks tracks = container.tracks().orElseThrow(IllegalArgumentException::new);
                boolean halved = version > VERSION_WITHOUT_HALVES;
                planner.stream = StreamPlanner.restore(planner.grid, container, tracks, in, halved);
            }
        }
        return planner;
    }

    /// Everything this planner knows, at any byte: usually some hundred bytes, at most some ten
    /// thousand.
    ///
    /// @throws IllegalStateException after a failure or the end
    public byte[] save() {
        requireGoing();
        StateOutput out = new StateOutput().number(VERSION);
        grid.save(out);
        windows.save(out);
        probe.save(out);
        losses.save(out);
        out.flag(cuttable).number(leaptTicks).flag(container != null);
        if (container != null) {
            container.save(out);
            out.flag(stream != null);
            if (stream != null) {
                stream.save(out);
            }
        }
        return out.toByteArray();
    }

    /// Bytes of the run taken so far: where to read on.
    public long position() {
        return container == null ? probe.length() : container.parser().position();
    }

    public int run() {
        return windows.run();
    }

    /// Takes the run's next bytes, all of them.
    ///
    /// @return windows that these bytes closed, in order
    /// @throws MediaException when the rest of the run is of no use; [#end] then still gives the
    ///   windows of what came before
    public List<Window> feed(ByteBuffer bytes) throws MediaException {
        requireGoing();
        over = true;
        if (container == null) {
            probe(bytes);
        }
        if (container != null) {
            container.parser().feed(bytes, events);
        }
        over = false;
        return windows.drain();
    }

    /// Says that the bytes up to `position` are lost. The timeline ends where they begin; it goes
    /// on right there with the first frame behind them that can be read again, in sound, and with
    /// the first keyframe in pictures. What is missing shows in [#losses] as it comes to light.
    ///
    /// @param position the present one where nobody knows how many bytes are lost; then positions
    ///   behind them count as if there had been none
    /// @return windows that this closed, in order
    /// @throws MediaException when the beginning is lost, without which nothing can be read
    public List<Window> skipTo(long position) throws MediaException {
        requireGoing();
        Container from = container;
        if (from == null || from.tracks().isEmpty()) {
            over = true;
            throw new MalformedStreamException(
                    position(), "The beginning of the recording is missing.");
        }
        from.parser().flush(events);
        StreamPlanner before = stream;
        long origin = windows.originTicks();
        endStream();
        if (before == null) {
            // Its clock begins at 0.
            losses.behind(0);
        } else {
            if (before.baseTicks() == RunClock.NONE) {
                losses.stillBehind();
            } else {
                losses.behind(before.baseTicks() + windows.plannedTicks() - origin);
            }
            Tracks tracks = from.tracks().orElseThrow();
            stream = StreamPlanner.start(grid, from, tracks, true, cuttable, leaptTicks);
        }
        from.parser().skipTo(position);
        return windows.drain();
    }

    /// What came to light of lost bytes since the last call. To be asked after every [#feed],
    /// [#skipTo] and [#end]; it is not saved.
    public List<Loss> losses() {
        return losses.drain();
    }

    /// Says that no more bytes come. A run without a frame simply has no window.
    ///
    /// @return the remaining windows, in order
    public List<Window> end() {
        if (container != null && !over) {
            try {
                container.parser().flush(events);
            } catch (MediaException _) {
                // The last bytes make no sense; nothing behind them could be lost by that.
            }
        }
        endStream();
        over = true;
        return windows.drain();
    }

    /// What the run consists of, once its header has come.
    public Optional<Tracks> tracks() {
        return container == null ? Optional.empty() : container.tracks();
    }

    /// Number of the next window on the grid: how many the session has so far.
    public long nextWindow() {
        return windows.next();
    }

    /// Number of the next window that is cut at the source's own pictures.
    public long nextSourceWindow() {
        return windows.nextSource();
    }

    /// Whether the session can be cut at its own pictures, as far as anybody knows. Once it cannot,
    /// no such window comes any more.
    public boolean isCuttable() {
        return cuttable;
    }

    /// End of the last closed window of the grid on the session's timeline; up to here the media is
    /// planned.
    public long plannedTicks() {
        return windows.plannedTicks();
    }

    /// How much of the session's timeline is empty because clocks leapt; leaps that were left out
    /// count a little, too.
    public long leaptTicks() {
        return stream == null ? leaptTicks : stream.leaptTicks();
    }

    private void probe(ByteBuffer bytes) throws MediaException {
        Optional<StreamFormat> detected = probe.take(bytes);
        if (detected.isPresent()) {
            Container found = Container.begin(detected.get());
            container = found;
            found.parser().feed(probe.drain(), events);
        }
    }

    private void endStream() {
        if (stream != null) {
            stream.end(events);
            leaptTicks = stream.leaptTicks();
            stream = null;
            windows.endStream();
        }
    }

    /// Ends the stream in front of a leap that is left out, and begins another one behind it.
    private void leap(Container from, StreamPlanner before, Block to)
            throws MalformedStreamException {
        long spentTicks = before.leaptTicks() + RunClock.LEAP_TICKS;
        if (spentTicks > MOST_LEAPT_TICKS) {
            throw new MalformedStreamException(to.startBytes(), JUMPY);
        }
        long origin = windows.originTicks();
        endStream();
        long plannedTicks = windows.plannedTicks();
        losses.leapt(before.baseTicks() + plannedTicks - origin, plannedTicks);
        leaptTicks = spentTicks;
        Tracks tracks = from.tracks().orElseThrow();
        stream = StreamPlanner.start(grid, from, tracks, true, cuttable, leaptTicks);
    }

    private void requireGoing() {
        if (over) {
            throw new IllegalStateException("The run is over");
        }
    }

    private final class Events implements StreamSink, StreamPlanner.Sink {

        @Override
        public void began() {
            if (stream != null) {
                losses.clockChanges();
            }
            endStream();
        }

        @Override
        public void tracks(Tracks tracks) {
            if (container != null) {
                stream =
                        StreamPlanner.start(
                                grid, container, tracks, losses.isAwaited(), cuttable, leaptTicks);
            }
        }

        @Override
        public void block(Block block) throws MediaException {
            if (windows.count() > MOST_WINDOWS_AT_ONCE) {
                throw new MalformedStreamException(block.startBytes(), JUMPY);
            }
            if (container != null && stream != null && stream.leapsTooFar(block)) {
                leap(container, stream, block);
            }
            if (stream != null) {
                stream.block(block, this);
            }
        }

        @Override
        public void begins(long containerTicks) {
            losses.resumed(containerTicks, windows.originTicks());
        }

        @Override
        public void dark(long untilTicks) {
            losses.dark(windows.originTicks(), untilTicks);
        }

        @Override
        public void uncuttable() {
            cuttable = false;
        }

        @Override
        public void window(StreamWindow window) {
            windows.add(window);
        }
    }
}
