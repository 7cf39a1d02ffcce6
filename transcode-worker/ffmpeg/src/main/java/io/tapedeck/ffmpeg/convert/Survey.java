package io.tapedeck.ffmpeg.convert;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a recording holds, from ffmpeg's list of its packets (the muxer `framecrc`), in which
/// nothing is decoded. Memory is bounded whatever the length of the list.
final class Survey {

    /// e.g. `#codec_id 1: aac`
    private static final Pattern HEADER = Pattern.compile("#(\\w+) (\\d+): (.+)");

    private static final Set<String> PICTURES = Set.of("h264", "hevc", "vp9", "av1");
    private static final Set<String> FEW_CHANNELS = Set.of("mono", "stereo");
    private static final Set<Long> HERTZ = Set.of(48_000L, 44_100L, 32_000L);
    private static final int AAC_SAMPLES = 1024;

    /// What ffmpeg writes where a container does not say it.
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Map<Integer, Stream> streams = new TreeMap<>();

    /// Takes a line of the list. What is not understood is passed over.
    void take(String line) {
        Matcher header = HEADER.matcher(line);
        if (header.matches()) {
            streams.computeIfAbsent(Integer.parseInt(header.group(2)), _ -> new Stream())
                    .say(header.group(1), header.group(3));
        } else if (!line.startsWith("#")) {
            packet(line.split(",", 5));
        }
    }

    private void packet(String[] columns) {
        if (columns.length == 5) {
            Stream stream = streams.get(Integer.parseInt(columns[0].strip()));
            if (stream != null) {
                stream.packet(
                        Long.parseLong(columns[2].strip()), Long.parseLong(columns[3].strip()));
            }
        }
    }

    /// Whether the pictures, if there are any, can be rendered as they are: their container says
    /// when each of them is shown.
    boolean copiesPictures() {
        return streams.values().stream()
                .filter(stream -> stream.is("video"))
                .allMatch(stream -> PICTURES.contains(stream.codec) && stream.dated);
    }

    boolean hasAac() {
        return streams.values().stream().anyMatch(stream -> stream.codec.equals("aac"));
    }

    /// Whether the sound, if there is any, can be rendered as it is.
    boolean copiesSound() {
        return streams.values().stream()
                .filter(stream -> stream.is("audio"))
                .allMatch(stream ->
                        FEW_CHANNELS.contains(stream.channels)
                                && (stream.codec.equals("opus") || stream.isPlainAac()));
    }

    private static final class Stream {

        private String kind = "";
        private String codec = "";
        private String channels = "";
        private long hertz;
        private long unitsPerSecond;
        private long firstDuration = -1;
        private boolean dated = true;

        void say(String what, String value) {
            switch (what) {
                case "media_type" -> kind = value;
                case "codec_id" -> codec = value;
                case "channel_layout_name" -> channels = value;
                case "sample_rate" -> hertz = Long.parseLong(value);
                case "tb" -> unitsPerSecond = value.startsWith("1/") ? parse(value) : 0;
                default -> {}
            }
        }

        private static long parse(String fraction) {
            return Long.parseLong(fraction.substring(2));
        }

        void packet(long time, long duration) {
            dated &= time != UNKNOWN;
            firstDuration = firstDuration < 0 ? duration : firstDuration;
        }

        boolean is(String wanted) {
            return kind.equals(wanted);
        }

        /// Low complexity at a rate that the timeline counts in. Packets of other kinds are longer.
        boolean isPlainAac() {
            return codec.equals("aac")
                    && HERTZ.contains(hertz)
                    && firstDuration * hertz == AAC_SAMPLES * unitsPerSecond;
        }
    }
}
