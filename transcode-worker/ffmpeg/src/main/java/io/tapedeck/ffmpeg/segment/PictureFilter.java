package io.tapedeck.ffmpeg.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The filter graph that makes the pictures of all renditions of decoded ones. All its expressions
/// go by time, never by count, because broken pictures do not come out of a decoder.
///
/// The largest rendition is scaled and padded from what was decoded, each other one scaled from the
/// next larger one, which costs a fraction of scaling all of them from the source.
///
/// @param startTicks of the first window, in the run
record PictureFilter(
        PicturePlan plan, List<Rendition> renditions, long startTicks, SessionClock clock) {

    /// What sizes that were rounded to even may differ in their shape.
    private static final double SAME_SHAPE = 0.02;

    /// Output pad of a rendition.
    static String pad(int rendition) {
        return "[v" + rendition + "]";
    }

    /// Takes the first stream's pictures; its outputs are [#pad]s.
    String text() {
        List<Integer> order = fromTheLargest();
        var chain = new ArrayList<String>();
        chain.add("[0:v:0]settb=1/90000");
        chain.add("select='gte(pts,%d)'".formatted(clock.ticks(startTicks)));
        chain.addAll(
                fitted(renditions.get(order.getFirst()), ":out_color_matrix=bt601:out_range=tv"));
        chain.add("format=yuv420p");
        return String.join(",", chain)
                + extras()
                + ",setparams=field_mode=prog:range=tv:color_primaries=smpte170m"
                + ":color_trc=smpte170m:colorspace=smpte170m"
                + ladder(order);
    }

    private List<Integer> fromTheLargest() {
        return IntStream.range(0, renditions.size())
                .boxed()
                .sorted(Comparator.comparing(i -> -renditions.get(i).pixels()))
                .toList();
    }

    private String ladder(List<Integer> order) {
        var text = new StringBuilder();
        for (int i = 0; i + 1 < order.size(); i++) {
            int larger = order.get(i);
            int smaller = order.get(i + 1);
            text.append(",split=2%s[d%d];[d%d]".formatted(pad(larger), smaller, smaller));
            text.append(String.join(",", scaled(renditions.get(larger), renditions.get(smaller))));
        }
        return text + pad(order.getLast());
    }

    private static List<String> scaled(Rendition from, Rendition to) {
        double shape = from.widthPixels() * (double) to.heightPixels();
        double wanted = to.widthPixels() * (double) from.heightPixels();
        return Math.abs(shape - wanted) <= SAME_SHAPE * wanted
                ? List.of(
                        "scale=w=%d:h=%d".formatted(to.widthPixels(), to.heightPixels()),
                        "setsar=1")
                : fitted(to, "");
    }

    /// Scaled without changing its shape, with bars where that leaves room.
    private static List<String> fitted(Rendition to, String more) {
        return List.of(
                "scale=w=%d:h=%d:force_original_aspect_ratio=decrease:force_divisible_by=2"
                                .formatted(to.widthPixels(), to.heightPixels())
                        + more,
                "pad=w=%d:h=%d:x=-1:y=-1:eval=frame".formatted(to.widthPixels(), to.heightPixels()),
                "setsar=1");
    }

    /// Pictures shown again and black, as branches that are merged by time. A branch ends with its
    /// picture, so that nobody waits for more of it.
    private String extras() {
        var branches = new ArrayList<String>();
        for (var repeat : plan.repeats()) {
            branches.add(branch(repeat.fromTicks(), "", repeat.atTicks()));
        }
        for (long at : plan.blackTicks()) {
            branches.add(branch(plan.firstShown(startTicks), "lutyuv=y=16:u=128:v=128,", at));
        }
        if (branches.isEmpty()) {
            return "";
        }
        int count = branches.size() + 1;
        var labels = new StringBuilder("[p0]");
        var text = new StringBuilder(",split=%d[p0]".formatted(count));
        for (int i = 1; i < count; i++) {
            text.append("[s").append(i).append(']');
        }
        for (int i = 1; i < count; i++) {
            text.append(String.format(Locale.ROOT, ";[s%d]%s[p%d]", i, branches.get(i - 1), i));
            labels.append("[p").append(i).append(']');
        }
        return text + ";" + labels + "interleave=nb_inputs=" + count + ",settb=1/90000";
    }

    private String branch(long fromTicks, String change, long atTicks) {
        long from = clock.ticks(fromTicks);
        return "trim=start_pts=%d:end_pts=%d,%ssetpts=%d"
                .formatted(from, from + 1, change, clock.ticks(atTicks));
    }
}
