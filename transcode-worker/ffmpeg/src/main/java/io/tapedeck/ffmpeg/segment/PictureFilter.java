package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The filter graph that makes a rendition's pictures of decoded ones. All its expressions go by
/// time, never by count, because broken pictures do not come out of a decoder.
record PictureFilter(PicturePlan plan, Rendition rendition, Window window, SessionClock clock) {

    String text() {
        var chain = new ArrayList<String>();
        chain.add("settb=1/90000");
        chain.add("select='gte(pts,%d)'".formatted(clock.ticks(window.startTicks())));
        chain.add(
                "scale=w=%d:h=%d:force_original_aspect_ratio=decrease:force_divisible_by=2"
                                .formatted(rendition.widthPixels(), rendition.heightPixels())
                        + ":out_color_matrix=bt601:out_range=tv");
        chain.add(
                "pad=w=%d:h=%d:x=-1:y=-1:eval=frame"
                        .formatted(rendition.widthPixels(), rendition.heightPixels()));
        chain.add("setsar=1");
        chain.add("format=yuv420p");
        String pictures = String.join(",", chain) + extras();
        return pictures
                + ",setparams=field_mode=prog:range=tv:color_primaries=smpte170m"
                + ":color_trc=smpte170m:colorspace=smpte170m";
    }

    /// Pictures shown again and black, as branches that are merged by time.
    private String extras() {
        var branches = new ArrayList<String>();
        for (var repeat : plan.repeats()) {
            branches.add(branch(repeat.fromTicks(), "", repeat.atTicks()));
        }
        for (long at : plan.blackTicks()) {
            branches.add(branch(firstShown(), "lutyuv=y=16:u=128:v=128,", at));
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
        return "select='eq(pts,%d)',%ssetpts=%d"
                .formatted(clock.ticks(fromTicks), change, clock.ticks(atTicks));
    }

    /// The first picture of the window: what black is made from.
    private long firstShown() {
        return List.copyOf(plan.coded()).stream()
                .mapToLong(picture -> picture.ticks())
                .filter(ticks -> ticks >= window.startTicks())
                .min()
                .orElseThrow();
    }
}
