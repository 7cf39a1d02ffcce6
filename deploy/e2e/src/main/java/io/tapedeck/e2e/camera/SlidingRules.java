package io.tapedeck.e2e.camera;

import io.tapedeck.e2e.camera.SlidingPlaylist.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What draft-pantos-hls-rfc8216bis asks of a live playlist from which segments are removed
/// (§4.4.3, §6.2.1, §6.2.2), and what Tapedeck promises besides: time in all of its parts.
public final class SlidingRules {

    /// §6.2.2: shorter than so many target durations a live playlist should not become.
    private static final int LEAST_TARGETS = 3;

    private SlidingRules() {}

    /// What is wrong with a playlist alone.
    public static List<String> problems(SlidingPlaylist now) {
        var problems = new ArrayList<String>();
        if (!now.ended() && now.type().isPresent()) {
            problems.add("it slides, but is said to be " + now.type().get());
        }
        for (Entry entry : now.entries()) {
            if (Math.round(entry.seconds()) > now.targetSeconds()) {
                problems.add("%s is longer than the target".formatted(entry));
            }
        }
        if (!now.entries().isEmpty() && now.entries().getFirst().date().isEmpty()) {
            problems.add("it does not say when it begins");
        }
        return problems;
    }

    /// What is wrong with what became of a playlist.
    public static List<String> problems(SlidingPlaylist before, SlidingPlaylist now) {
        var problems = new ArrayList<>(problems(now));
        if (before.targetSeconds() != now.targetSeconds()) {
            problems.add(
                    "its target changed from %d to %d"
                            .formatted(before.targetSeconds(), now.targetSeconds()));
        }
        if (now.mediaSequence() < before.mediaSequence()
                || now.discontinuitySequence() < before.discontinuitySequence()) {
            problems.add("its numbers go back");
        }
        if (end(now) < end(before)) {
            problems.add("its end went back from %d to %d".formatted(end(before), end(now)));
        }
        if (before.ended()) {
            problems.add("it changed after its end");
        }
        int least = LEAST_TARGETS * now.targetSeconds();
        if (!now.ended() && before.seconds() >= least && now.seconds() < least) {
            problems.add("only %.3f s are left of it".formatted(now.seconds()));
        }
        compare(before, now, problems);
        return problems;
    }

    /// What both list is the same.
    private static void compare(
            SlidingPlaylist before, SlidingPlaylist now, List<String> problems) {
        Map<Long, Entry> listed =
                before.entries().stream()
                        .collect(Collectors.toMap(Entry::number, Function.identity()));
        for (Entry entry : now.entries()) {
            Entry known = listed.get(entry.number());
            if (known != null && !isSame(known, entry)) {
                problems.add("%s became %s".formatted(known, entry));
            }
        }
    }

    /// But for its date, which stands only where it is needed.
    private static boolean isSame(Entry one, Entry other) {
        return one.address().equals(other.address())
                && one.seconds() == other.seconds()
                && one.discontinuities() == other.discontinuities()
                && (one.date().isEmpty()
                        || other.date().isEmpty()
                        || one.date().equals(other.date()));
    }

    private static long end(SlidingPlaylist playlist) {
        return playlist.mediaSequence() + playlist.entries().size();
    }
}
