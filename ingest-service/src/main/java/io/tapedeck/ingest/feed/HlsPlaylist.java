package io.tapedeck.ingest.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A playlist of HTTP Live Streaming (RFC 8216) as far as pulling needs it.
///
/// @param variants of a master playlist; empty in others
/// @param target longest segment
/// @param segments oldest first
/// @param ended whether nothing more will come
record HlsPlaylist(List<Variant> variants, Duration target, List<Segment> segments, boolean ended) {

    private static final int MOST_SEGMENTS = 20_000;

    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^\",]*)");

    /// @param bandwidth bit/s
    record Variant(String uri, long bandwidth) {}

    /// @param header its `EXT-X-MAP`; empty for transport streams
    /// @param discontinuity whether it does not go on where the one before ended
    /// @param gap whether it is known to be missing
    record Segment(
            long number,
            String uri,
            Optional<Range> range,
            Optional<Part> header,
            boolean discontinuity,
            boolean gap) {}

    /// What is fetched of an address.
    record Part(String uri, Optional<Range> range) {}

    /// @param from first byte
    record Range(long from, long length) {}

    boolean isMaster() {
        return !variants.isEmpty();
    }

    /// The one with the most bits a second.
    Variant best() {
        return variants.stream()
                .max((one, other) -> Long.compare(one.bandwidth(), other.bandwidth()))
                .orElseThrow();
    }

    /// @throws IOException a [FeedIoException]: it is none, or one that cannot be pulled
    static HlsPlaylist parse(String text) throws IOException {
        var reader = new Reader();
        boolean first = true;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (first && !line.replace("\uFEFF", "").startsWith("#EXTM3U")) {
                throw none("does not begin with #EXTM3U");
            }
            if (!first) {
                reader.take(line.strip());
            }
            first = false;
        }
        if (first) {
            throw none("is empty");
        }
        return reader.playlist();
    }

    private static FeedIoException none(String what) {
        return FeedProblem.NOT_UNDERSTOOD.whileReading("The camera's playlist " + what + ".");
    }

    /// Goes through the lines.
    private static final class Reader {

        private final List<Variant> variants = new ArrayList<>();
        private final List<Segment> segments = new ArrayList<>();
        private Duration target = Duration.ofSeconds(10);
        private boolean ended;
        private long number;
        private boolean discontinuity;
        private boolean gap;
        private @Nullable Range range;
        private long nextFrom;
        private @Nullable Part header;
        private @Nullable Map<String, String> variant;

        void take(String line) throws IOException {
            if (line.isEmpty()) {
                return;
            }
            if (line.charAt(0) != '#') {
                address(line);
                return;
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            switch (name) {
                case "#EXT-X-STREAM-INF" -> variant = attributes(value);
                case "#EXT-X-TARGETDURATION" -> target = Duration.ofSeconds(target(value));
                case "#EXT-X-MEDIA-SEQUENCE" -> number = number(value);
                case "#EXT-X-DISCONTINUITY" -> discontinuity = true;
                case "#EXT-X-GAP" -> gap = true;
                case "#EXT-X-BYTERANGE" -> range = range(value, nextFrom);
                case "#EXT-X-MAP" -> header = header(attributes(value));
                case "#EXT-X-KEY" -> refuseKeys(attributes(value));
                case "#EXT-X-ENDLIST" -> ended = true;
                default -> {
                    // Of no use here.
                }
            }
        }

        HlsPlaylist playlist() {
            return new HlsPlaylist(List.copyOf(variants), target, List.copyOf(segments), ended);
        }

        private void address(String uri) throws IOException {
            if (variant != null) {
                variants.add(new Variant(uri, number(variant.getOrDefault("BANDWIDTH", "0"))));
                variant = null;
                return;
            }
            if (segments.size() == MOST_SEGMENTS) {
                throw none("is too long");
            }
            segments.add(
                    new Segment(
                            number++,
                            uri,
                            Optional.ofNullable(range),
                            Optional.ofNullable(header),
                            discontinuity,
                            gap));
            nextFrom = range == null ? 0 : range.from() + range.length();
            range = null;
            gap = false;
            discontinuity = false;
        }

        private static long target(String value) throws IOException {
            return Math.clamp(number(value), 1, 60);
        }

        private static void refuseKeys(Map<String, String> key) throws IOException {
            if (!key.getOrDefault("METHOD", "NONE").equals("NONE")) {
                throw FeedProblem.NOT_UNDERSTOOD.whileReading(
                        "The camera's segments are encrypted. Name a stream that is not.");
            }
        }

        private static Part header(Map<String, String> map) throws IOException {
            String range = map.getOrDefault("BYTERANGE", "");
            return new Part(
                    map.getOrDefault("URI", ""),
                    range.isEmpty() ? Optional.empty() : Optional.of(range(range, 0)));
        }

        /// `length[@from]`.
        private static Range range(String value, long nextFrom) throws IOException {
            int at = value.indexOf('@');
            long length = number(at < 0 ? value : value.substring(0, at));
            return new Range(at < 0 ? nextFrom : number(value.substring(at + 1)), length);
        }

        private static long number(String value) throws IOException {
            String digits = value.strip().replaceFirst("\\..*", "");
            if (!digits.matches("[0-9]{1,18}")) {
                throw none("has something else where a number should be");
            }
            return Long.parseLong(digits);
        }

        private static Map<String, String> attributes(String list) {
            var found = new HashMap<String, String>();
            var matcher = ATTRIBUTE.matcher(list);
            while (matcher.find()) {
                found.put(matcher.group(1), matcher.group(2).replace("\"", ""));
            }
            return found;
        }
    }
}
