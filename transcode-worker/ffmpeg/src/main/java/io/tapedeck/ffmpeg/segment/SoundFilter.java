package io.tapedeck.ffmpeg.segment;

import java.util.ArrayList;

/// The filter graph that puts decoded samples where they belong: by counting them, because the
/// containers of browsers round their timestamps.
record SoundFilter(SoundPlan plan, int channels, SessionClock clock) {

    /// Its output pad.
    static final String PAD = "[a]";

    /// Takes the first stream's sound.
    String text() {
        var chain = new ArrayList<String>();
        if (channels == 1) {
            // At unity; a plain conversion makes it 3 dB quieter.
            chain.add("pan=stereo|c0=c0|c1=c0");
        } else {
            chain.add("aformat=channel_layouts=stereo");
        }
        if (!plan.holes().isEmpty()) {
            chain.add(pieces());
        }
        if (plan.unevenSamples() > 0) {
            chain.add("atrim=start_sample=" + plan.unevenSamples());
        }
        if (plan.decodedHertz() != 48_000) {
            chain.add("aresample=48000");
        }
        if (plan.skipSamples() > 0) {
            chain.add("atrim=start_sample=" + plan.skipSamples());
        }
        if (plan.leadSamples() > 0) {
            chain.add("adelay=delays=%dS:all=1".formatted(plan.leadSamples()));
        }
        chain.add("asetpts=N");
        chain.add("apad=whole_len=" + plan.encodedSamples());
        chain.add("atrim=end_sample=" + plan.encodedSamples());
        chain.add("asetpts=N+" + clock.samples(plan.encodedFirstSample()));
        return "[0:a:0]" + String.join(",", chain) + PAD;
    }

    /// Takes the samples apart at the holes and puts them together with silence in between.
    private String pieces() {
        int count = plan.holes().size() + 1;
        var text = new StringBuilder("asplit=" + count);
        for (int i = 0; i < count; i++) {
            text.append("[split").append(i).append(']');
        }
        var joined = new StringBuilder();
        long from = 0;
        for (int i = 0; i < count; i++) {
            text.append(";[split").append(i).append("]atrim=start_sample=").append(from);
            if (i < plan.holes().size()) {
                var hole = plan.holes().get(i);
                text.append(":end_sample=").append(hole.decodedSamples());
                text.append(",apad=pad_len=").append(hole.samples());
                from = hole.decodedSamples();
            }
            text.append(",asetpts=N[piece").append(i).append(']');
            joined.append("[piece").append(i).append(']');
        }
        return text + ";" + joined + "concat=n=" + count + ":v=0:a=1";
    }
}
