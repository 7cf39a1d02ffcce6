package io.tapedeck.timeline.plan;

import static io.tapedeck.timeline.Track.VideoCodec.H264;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.WindowInput;
import io.tapedeck.timeline.WindowTooLargeException;
import io.tapedeck.timeline.clock.SoundCoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// What planner and reader promise for any bytes whatever. A broken promise is an [AssertionError];
/// anything else that is thrown is one, too.
final class Promises {

    /// Windows that are read of a plan: hostile bytes can make thousands.
    private static final int READ_WINDOWS = 12;

    /// About how often a planner dies.
    private static final int LIVES = 32;

    /// Work is measured as memory allocated on the way, which does not depend on the machine.
    private static final long WORK_BYTES = 64L << 20;

    private static final long WORK_BYTES_PER_BYTE = 16L << 10;

    /// A state holds the table of the fragment that is passing by, which is in the bytes.
    private static final long STATE_BYTES = 40L << 10;

    private static final long STATE_BYTES_PER_BYTE = 8;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final SessionPlan PLAN = new SessionPlan(7, 5 * Ticks.PER_AAC_FRAME, 2, true, 0);

    /// What came of a run.
    ///
    /// @param failure what the planner said when it gave up; empty when it did not
    private record Outcome(List<Window> windows, String failure) {}

    /// Bytes that never come: `[from, to)`; none where both are equal.
    private record Hole(int from, int to) {}

    private final byte[] run;
    private final RandomGenerator random;

    private Promises(byte[] run) {
        this.run = run;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(Arrays.hashCode(run));
    }

    /// @throws AssertionError when one is broken
    static void keep(byte[] run) {
        Promises promises = new Promises(run);
        promises.keep(new Hole(run.length, run.length));
        int from = promises.random.nextInt(run.length + 1);
        promises.keep(new Hole(from, from + promises.random.nextInt(run.length - from + 1)));
    }

    private void keep(Hole hole) {
        Outcome whole = plan(hole, Integer.MAX_VALUE);
        assertLittleWork(hole);
        assertInOrder(Plans.of(Cut.GRID, whole.windows()), PLAN.nextWindow(), hole);
        assertInOrder(Plans.of(Cut.SOURCE, whole.windows()), PLAN.nextSourceWindow(), hole);
        int longest = 1 << random.nextInt(14);
        Outcome pieces = plan(hole, longest);
        check(
                whole.failure().equals(pieces.failure()),
                "at once: %s, in pieces: %s",
                whole.failure(),
                pieces.failure());
        assertSame(whole.windows(), pieces.windows());
        assertReadable(whole.windows(), hole);
    }

    /// Planned once more, because the first time the machine loads classes.
    private void assertLittleWork(Hole hole) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        plan(hole, Integer.MAX_VALUE);
        long work = THREADS.getCurrentThreadAllocatedBytes() - before;
        check(
                work <= WORK_BYTES + WORK_BYTES_PER_BYTE * run.length,
                "%d bytes of work for %d bytes",
                work,
                run.length);
    }

    /// @param longest pieces have up to so many bytes, and the planner dies between them;
    ///   [Integer#MAX_VALUE] feeds at once
    private Outcome plan(Hole hole, int longest) {
        RunPlanner planner = PLAN.start(3);
        List<Window> windows = new ArrayList<>();
        try {
            planner = feed(planner, 0, hole.from(), longest, windows);
            if (hole.from() < hole.to()) {
                windows.addAll(planner.skipTo(hole.to()));
                planner = feed(planner, hole.to(), run.length, longest, windows);
            }
        } catch (Failed failed) {
            windows.addAll(failed.planner.end());
            return new Outcome(windows, String.valueOf(failed.getMessage()));
        } catch (MediaException e) {
            windows.addAll(planner.end());
            return new Outcome(windows, String.valueOf(e.getMessage()));
        }
        windows.addAll(planner.end());
        return new Outcome(windows, "");
    }

    private RunPlanner feed(RunPlanner first, int from, int to, int longest, List<Window> windows)
            throws Failed {
        RunPlanner planner = first;
        int at = from;
        while (at < to) {
            int length = Math.min(to - at, longest == Integer.MAX_VALUE ? to : piece(longest));
            try {
                windows.addAll(planner.feed(ByteBuffer.wrap(run, at, length)));
            } catch (MediaException e) {
                throw new Failed(planner, e);
            }
            at += length;
            check(planner.position() == at, "position %d after %d", planner.position(), at);
            if (longest != Integer.MAX_VALUE && random.nextInt(run.length) < LIVES * length) {
                planner = reborn(planner);
            }
        }
        return planner;
    }

    private int piece(int longest) {
        return random.nextInt(longest) + 1;
    }

    private RunPlanner reborn(RunPlanner planner) {
        byte[] state = planner.save();
        check(
                state.length <= STATE_BYTES + STATE_BYTES_PER_BYTE * run.length,
                "%d bytes of state",
                state.length);
        RunPlanner next = RunPlanner.restore(state);
        check(Arrays.equals(next.save(), state), "a state changes by being restored");
        return next;
    }

    /// Windows follow each other without hole or overlap, and read no lost bytes.
    private void assertInOrder(List<Window> windows, long firstIndex, Hole hole) {
        long index = firstIndex;
        long end = PLAN.nextOriginTicks();
        long origin = -1;
        for (Window window : windows) {
            check(window.index() == index++, "%s is not number %d", window, index - 1);
            if (window.originTicks() == origin) {
                check(window.sessionStartTicks() == end, "%s does not start at %d", window, end);
            } else {
                check(window.startTicks() == 0, "%s does not start a stream", window);
                check(window.originTicks() == SessionPlan.originAfter(end), "origin %s", window);
                origin = window.originTicks();
            }
            check(window.durationTicks() > 0, "%s is empty", window);
            end = window.sessionStartTicks() + window.durationTicks();
            long from = window.source().fromBytes();
            long to = window.source().toBytes();
            check(0 <= from && from <= to && to <= run.length, "%s reads %d-%d", window, from, to);
            check(
                    hole.from() == hole.to() || to <= hole.from() || from >= hole.to(),
                    "%s reads %d-%d in %s",
                    window,
                    from,
                    to,
                    hole);
        }
    }

    private static void assertSame(List<Window> whole, List<Window> pieces) {
        check(whole.size() == pieces.size(), "%d or %d windows", whole.size(), pieces.size());
        for (int i = 0; i < whole.size(); i++) {
            Window one = whole.get(i);
            Window other = pieces.get(i);
            boolean same =
                    one.cut() == other.cut()
                            && one.index() == other.index()
                            && one.originTicks() == other.originTicks()
                            && one.startTicks() == other.startTicks()
                            && one.endTicks() == other.endTicks()
                            && one.last() == other.last()
                            && one.pictures().equals(other.pictures())
                            && one.source().fromBytes() == other.source().fromBytes()
                            && one.source().toBytes() == other.source().toBytes()
                            && Arrays.equals(
                                    one.source().checkpoint(), other.source().checkpoint());
            check(same, "%s or %s", one, other);
        }
    }

    private void assertReadable(List<Window> windows, Hole hole) {
        byte[] bytes = run.clone();
        Arrays.fill(bytes, hole.from(), hole.to(), (byte) 0xA5);
        Map<List<Long>, Integer> seen = new HashMap<>();
        for (int i = 0; i < Math.min(windows.size(), READ_WINDOWS); i++) {
            Window window = windows.get(i);
            try {
                WindowInput input = read(window, bytes);
                assertAgrees(window, input, seen);
                assertCounted(window, input);
            } catch (WindowTooLargeException _) {
                // That is an answer.
            } catch (MediaException | IOException e) {
                throw new AssertionError("%s cannot be read".formatted(window), e);
            }
        }
    }

    /// Of what came, some may have come too late to be shown.
    private static void assertCounted(Window window, WindowInput input) {
        long own = input.pictures().stream().filter(p -> window.holds(p.ticks())).count();
        check(own <= window.pictures().orElse(-1), "%s shows %d pictures", window, own);
    }

    private static WindowInput read(Window window, byte[] bytes)
            throws MediaException, IOException {
        int from = (int) window.source().fromBytes();
        int length = (int) (window.source().toBytes() - from);
        return WindowReader.read(window, new ByteArrayInputStream(bytes, from, length), 16L << 20);
    }

    /// What is in two windows is the same in both.
    ///
    /// @param seen frames of the windows before: origin, kind and place, and their payload's hash
    private static void assertAgrees(
            Window window, WindowInput input, Map<List<Long>, Integer> seen) {
        boolean reordered = input.video().filter(v -> v.codec() == H264).isPresent();
        Set<Long> times = new HashSet<>();
        long last = -1;
        for (Frame.Picture picture : input.pictures()) {
            check(last >= 0 || picture.keyframe(), "%s begins without a keyframe", window);
            check(times.add(picture.ticks()), "%s has two pictures at one time", window);
            check(
                    picture.ticks() > last || reordered,
                    "%s has a picture at %d",
                    window,
                    picture.ticks());
            last = picture.ticks();
            assertSeen(window, List.of(window.originTicks(), 0L, last), picture.payload(), seen);
        }
        check(last < window.endTicks(), "%s has too late a picture", window);
        if (input.audio().isPresent()) {
            SoundCoding coding = SoundCoding.of(input.audio().get());
            if (coding.hasSilence()) {
                assertUnbroken(window, input.sounds());
            }
            assertHeard(window, input.sounds(), coding, seen);
        }
    }

    private static void assertUnbroken(Window window, List<Frame.Sound> sounds) {
        long next = sounds.getFirst().firstSample();
        check(next <= WindowInput.soundFrom(window), "%s lacks its first sound", window);
        for (Frame.Sound sound : sounds) {
            check(sound.firstSample() == next, "%s has a hole at %d", window, next);
            next += sound.samples();
        }
        check(next >= WindowInput.soundUntil(window), "%s lacks its last sound", window);
    }

    private static void assertHeard(
            Window window,
            List<Frame.Sound> sounds,
            SoundCoding coding,
            Map<List<Long>, Integer> seen) {
        long behind = Long.MIN_VALUE;
        for (Frame.Sound sound : sounds) {
            check(sound.firstSample() >= behind, "%s has sound twice at %d", window, behind);
            behind = sound.firstSample() + sound.samples();
            // A window that closed without its sound has silence there; the next one knows better.
            if (!Arrays.equals(sound.payload(), coding.silence())) {
                List<Long> place = List.of(window.originTicks(), 1L, sound.firstSample());
                assertSeen(window, place, sound.payload(), seen);
            }
        }
    }

    private static void assertSeen(
            Window window, List<Long> place, byte[] payload, Map<List<Long>, Integer> seen) {
        int hash = Arrays.hashCode(payload);
        Integer before = seen.putIfAbsent(place, hash);
        check(before == null || before == hash, "%s has another frame at %s", window, place);
    }

    private static void check(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new AssertionError(message.formatted(arguments));
        }
    }

    /// With the planner that failed, which still knows the windows of what came before.
    private static final class Failed extends Exception {

        private static final long serialVersionUID = 1L;
        private final transient RunPlanner planner;

        Failed(RunPlanner planner, MediaException cause) {
            super(String.valueOf(cause.getMessage()), cause);
            this.planner = planner;
        }
    }
}
