package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.clock.RunClock;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import io.tapedeck.timeline.stream.StreamParser;
import io.tapedeck.timeline.stream.StreamSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    private static final int VERSION = 5;

    /// Half a day of them: more than honest bytes of one feeding hold. Headers and leaps of the
    /// clock can make a window of a few bytes each.
    private static final int MOST_WINDOWS_AT_ONCE = 25_000;

    private final int run;
    private final List<Window> closed = new ArrayList<>();
    private final Events events = new Events();
    private Losses losses = new Losses();
    private byte[] probe = {};
    private long originTicks;
    private long plannedTicks;
    private long nextWindow;
    private long nextSourceWindow;
    private boolean cuttable;
    private boolean over;
    private @Nullable StreamFormat format;
    private @Nullable StreamParser parser;
    private @Nullable StreamPlanner stream;

    private RunPlanner(int run, SessionPlan plan) {
        this.run = run;
        this.nextWindow = plan.nextWindow();
        this.originTicks = plan.nextOriginTicks();
        this.plannedTicks = originTicks;
        this.nextSourceWindow = plan.nextSourceWindow();
        this.cuttable = plan.cuttable();
    }

    static RunPlanner start(int run, SessionPlan plan) {
        return new RunPlanner(run, plan);
    }

    /// @param state from [#save]
    /// @throws IllegalArgumentException when it is not, or from another version
    public static RunPlanner restore(byte[] state) {
        StateInput in = new StateInput(state).version(VERSION);
        int run = in.small(Integer.MAX_VALUE);
        SessionPlan plan = new SessionPlan(in.number(), in.number(), in.number(), in.flag());
        RunPlanner planner = new RunPlanner(run, plan);
        planner.plannedTicks = in.number();
        planner.probe = in.bytes();
        planner.losses = Losses.restore(in);
        if (in.flag()) {
            StreamFormat format = in.choice(StreamFormat.class);
            StreamParser parser = format.restore(in);
            planner.format = format;
            planner.parser = parser;
            if (in.flag()) {
                Tracks tracks = parser.tracks().orElseThrow(IllegalArgumentException::new);
                planner.stream = StreamPlanner.restore(format, parser, tracks, in);
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
        out.number(run).number(nextWindow).number(originTicks);
        out.number(nextSourceWindow).flag(cuttable).number(plannedTicks).bytes(probe);
        losses.save(out);
        out.flag(parser != null);
        if (parser != null && format != null) {
            out.choice(format);
            parser.save(out);
            out.flag(stream != null);
            if (stream != null) {
                stream.save(out);
            }
        }
        return out.toByteArray();
    }

    /// Bytes of the run taken so far: where to read on.
    public long position() {
        return parser == null ? probe.length : parser.position();
    }

    public int run() {
        return run;
    }

    /// Takes the run's next bytes, all of them.
    ///
    /// @return windows that these bytes closed, in order
    /// @throws MediaException when the rest of the run is of no use; [#end] then still gives the
    ///   windows of what came before
    public List<Window> feed(ByteBuffer bytes) throws MediaException {
        requireGoing();
        over = true;
        while (parser == null && bytes.hasRemaining()) {
            probe(bytes.get());
        }
        if (parser != null) {
            parser.feed(bytes, events);
        }
        over = false;
        return drain();
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
        if (parser == null || format == null || parser.tracks().isEmpty()) {
            over = true;
            throw new MalformedStreamException(
                    position(), "The beginning of the recording is missing.");
        }
        parser.flush(events);
        StreamPlanner before = stream;
        long origin = originTicks;
        endStream();
        if (before == null) {
            // Its clock begins at 0.
            losses.behind(0);
        } else {
            if (before.baseTicks() == RunClock.NONE) {
                losses.stillBehind();
            } else {
                losses.behind(before.baseTicks() + plannedTicks - origin);
            }
            Tracks tracks = parser.tracks().orElseThrow();
            stream = StreamPlanner.start(format, parser, tracks, true, cuttable);
        }
        parser.skipTo(position);
        return drain();
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
        if (parser != null && !over) {
            try {
                parser.flush(events);
            } catch (MediaException _) {
                // The last bytes make no sense; nothing behind them could be lost by that.
            }
        }
        endStream();
        over = true;
        return drain();
    }

    /// What the run consists of, once its header has come.
    public Optional<Tracks> tracks() {
        return parser == null ? Optional.empty() : parser.tracks();
    }

    /// Number of the next window on the grid: how many the session has so far.
    public long nextWindow() {
        return nextWindow;
    }

    /// Number of the next window that is cut at the source's own pictures.
    public long nextSourceWindow() {
        return nextSourceWindow;
    }

    /// Whether the session can be cut at its own pictures, as far as anybody knows. Once it cannot,
    /// no such window comes any more.
    public boolean isCuttable() {
        return cuttable;
    }

    /// End of the last closed window of the grid on the session's timeline; up to here the media is
    /// planned.
    public long plannedTicks() {
        return plannedTicks;
    }

    private void probe(byte next) throws MediaException {
        probe = Arrays.copyOf(probe, probe.length + 1);
        probe[probe.length - 1] = next;
        Optional<StreamFormat> detected = StreamFormat.detect(probe);
        if (detected.isPresent()) {
            format = detected.get();
            parser = format.parser();
            parser.feed(ByteBuffer.wrap(probe), events);
            probe = new byte[0];
        }
    }

    private void endStream() {
        if (stream != null) {
            stream.end(events);
            stream = null;
            originTicks = SessionPlan.originAfter(plannedTicks);
        }
    }

    private List<Window> drain() {
        List<Window> windows = List.copyOf(closed);
        closed.clear();
        return windows;
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
            if (format != null && parser != null) {
                stream = StreamPlanner.start(format, parser, tracks, losses.isAwaited(), cuttable);
            }
        }

        @Override
        public void block(Block block) throws MediaException {
            if (closed.size() > MOST_WINDOWS_AT_ONCE) {
                throw new MalformedStreamException(
                        block.startBytes(), "The recording's clock jumps again and again.");
            }
            if (stream != null) {
                stream.block(block, this);
            }
        }

        @Override
        public void begins(long containerTicks) {
            losses.resumed(containerTicks, originTicks);
        }

        @Override
        public void dark(long untilTicks) {
            losses.dark(originTicks, untilTicks);
        }

        @Override
        public void uncuttable() {
            cuttable = false;
        }

        @Override
        public void window(
                Cut cut,
                long startTicks,
                long endTicks,
                boolean last,
                long pictures,
                Window.ByteSpan source) {
            long index =
                    switch (cut) {
                        case GRID -> nextWindow++;
                        case SOURCE -> nextSourceWindow++;
                    };
            closed.add(
                    new Window(
                            cut,
                            index,
                            run,
                            originTicks,
                            startTicks,
                            endTicks,
                            last,
                            OptionalLong.of(pictures),
                            source));
            if (cut == Cut.GRID) {
                plannedTicks = originTicks + endTicks;
            }
        }
    }
}
