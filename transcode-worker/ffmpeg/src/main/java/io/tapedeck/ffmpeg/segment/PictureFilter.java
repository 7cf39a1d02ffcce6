package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Display;
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
/// @param endTicks of the last one
record PictureFilter(
        PicturePlan plan,
        List<Rendition> renditions,
        long startTicks,
        long endTicks,
        SessionClock clock) {

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
        if (plan.display().interlaced()) {
            // Those that are no fields pass. It counts time in halves.
            chain.add("bwdif=mode=send_frame:deint=interlaced");
            chain.add("settb=1/90000");
        }
        chain.add(selection());
        chain.addAll(shown(renditions.get(order.getFirst())));
        return String.join(",", chain)
                + extras()
                + ",setparams=field_mode=prog:range=tv:color_primaries=smpte170m"
                + ":color_trc=smpte170m:colorspace=smpte170m"
                + ladder(order);
    }

    /// Pictures from the first window's start on. Those that are shown behind the last one are left
    /// out, if there are any.
    private String selection() {
        String shown = "gte(pts,%d)".formatted(clock.ticks(startTicks));
        boolean beyond = plan.coded().stream().anyMatch(picture -> picture.ticks() >= endTicks);
        return "select='%s'"
                .formatted(beyond ? shown + "*lt(pts,%d)".formatted(clock.ticks(endTicks)) : shown);
    }

    /// Decoded pictures as they are meant to be seen. What costs most per pixel comes when they are
    /// small, and before they are turned.
    private List<String> shown(Rendition to) {
        var display = plan.display();
        var chain = new ArrayList<String>();
        if (!display.isSquare()) {
            chain.add(
                    "scale=w='max(2,trunc(iw*%d/%d/2)*2)':h=ih"
                            .formatted(display.pixelWidth(), display.pixelHeight()));
        }
        boolean bright = display.light() != Display.Light.STANDARD;
        chain.addAll(
                fitted(
                        display.isTurned() ? to.turned() : to,
                        bright ? "" : ":out_color_matrix=bt601:out_range=tv"));
        if (bright) {
            chain.addAll(dimmed(display.light()));
        }
        chain.add("format=yuv420p");
        switch (display.rotationDegrees()) {
            case 90 -> chain.add("transpose=1");
            case 180 -> chain.addAll(List.of("hflip", "vflip"));
            case 270 -> chain.add("transpose=2");
            default -> {}
        }
        return chain;
    }

    /// From thousands of nits in BT.2020 to what any screen shows: in linear light, where bright is
    /// bent and the rest stays.
    private static List<String> dimmed(Display.Light light) {
        String transfer = light == Display.Light.PQ ? "smpte2084" : "arib-std-b67";
        return List.of(
                "zscale=tin=%s:min=bt2020nc:pin=bt2020:rin=tv:t=linear:npl=100".formatted(transfer),
                "format=gbrpf32le",
                "zscale=p=bt709",
                "tonemap=tonemap=hable:desat=0",
                "zscale=t=601:m=170m:p=170m:r=tv");
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
