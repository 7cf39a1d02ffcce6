package io.tapedeck.transcode.task;

import io.tapedeck.ffmpeg.segment.Rendition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What somebody wants rendered, judged by what there is.
///
/// @param rungs to be made
/// @param refusal why none is, for people
record RenderingWish(List<Rung> rungs, Optional<String> refusal) {

    private static final Pattern SIZED = Pattern.compile("(\\d{2,4})p");

    /// Below it there is nothing to see.
    private static final int LEAST_SIDE = 96;

    /// A rendition and how its timeline is cut.
    ///
    /// @param cut `grid` or `source`
    record Rung(Rendition rendition, String cut, int targetDurationSeconds) {}

    RenderingWish {
        rungs = List.copyOf(rungs);
    }

    /// @param names wished for; none for all there are
    /// @param known the session's renditions, at least one
    static RenderingWish of(List<String> names, List<Rung> known) {
        if (names.isEmpty()) {
            return new RenderingWish(known, Optional.empty());
        }
        var rungs = new ArrayList<Rung>();
        for (String name : new LinkedHashSet<>(names)) {
            Optional<Rung> rung =
                    known.stream()
                            .filter(one -> one.rendition().name().equals(name))
                            .findFirst()
                            .or(() -> scaled(name, known));
            if (rung.isEmpty()) {
                return new RenderingWish(List.of(), Optional.of(refusal(name, known)));
            }
            rungs.add(rung.get());
        }
        return new RenderingWish(rungs, Optional.empty());
    }

    private static Optional<Rung> largest(List<Rung> known) {
        return known.stream()
                .filter(rung -> rung.cut().equals("grid") && rung.rendition().hasVideo())
                .max(Comparator.comparingInt(rung -> shortSide(rung.rendition())));
    }

    private static Optional<Rung> scaled(String name, List<Rung> known) {
        Matcher matcher = SIZED.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int side = Integer.parseInt(matcher.group(1));
        return largest(known)
                .filter(rung -> side >= LEAST_SIDE && side <= shortSide(rung.rendition()))
                .map(rung ->
                        new Rung(
                                scaled(name, side, rung.rendition()),
                                rung.cut(),
                                rung.targetDurationSeconds()));
    }

    private static Rendition scaled(String name, int side, Rendition largest) {
        double factor = (double) side / shortSide(largest);
        return new Rendition(
                name, even(largest.widthPixels() * factor), even(largest.heightPixels() * factor));
    }

    private static int even(double pixels) {
        return (int) Math.round(pixels / 2) * 2;
    }

    private static int shortSide(Rendition rendition) {
        return Math.min(rendition.widthPixels(), rendition.heightPixels());
    }

    private static String refusal(String name, List<Rung> known) {
        return largest(known)
                .map(rung ->
                        "There is no rendition %s; ask for one from %dp to %s."
                                .formatted(name, LEAST_SIDE, rung.rendition().name()))
                .orElse("There is no rendition %s of this recording.".formatted(name));
    }
}
