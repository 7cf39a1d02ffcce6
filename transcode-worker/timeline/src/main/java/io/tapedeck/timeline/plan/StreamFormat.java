package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.UnsupportedMediaException;
import io.tapedeck.timeline.fmp4.Fmp4Parser;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StreamParser;
import io.tapedeck.timeline.webm.WebmParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// The containers that can be read, told apart by their first bytes and by nothing else: names and
/// MIME types are what people claim.
enum StreamFormat {
    WEBM {
        @Override
        StreamParser parser() {
            return new WebmParser(false);
        }

        @Override
        StreamParser restore(StateInput in) {
            return WebmParser.restore(in);
        }

        @Override
        StreamParser resume(byte[] header, byte[] place, long position) {
            return WebmParser.resume(header, place, position);
        }
    },
    FMP4 {
        @Override
        StreamParser parser() {
            return new Fmp4Parser(false);
        }

        @Override
        StreamParser restore(StateInput in) {
            return Fmp4Parser.restore(in);
        }

        @Override
        StreamParser resume(byte[] header, byte[] place, long position) {
            return Fmp4Parser.resume(header, place, position);
        }
    };

    /// Bytes that are always enough to tell.
    static final int PROBE_BYTES = 12;

    /// Boxes that MP4 and QuickTime files begin with.
    private static final Set<String> BOXES =
            Set.of(
                    "ftyp", "styp", "moov", "moof", "mdat", "sidx", "emsg", "free", "skip", "wide",
                    "uuid");

    private static final int EBML = 0x1A45DFA3;

    /// A parser for a run from its first byte.
    abstract StreamParser parser();

    /// A parser from what [StreamParser#save] wrote.
    abstract StreamParser restore(StateInput in);

    /// A parser that collects payloads, from [StreamParser#header] and [StreamParser#place].
    abstract StreamParser resume(byte[] header, byte[] place, long position);

    /// @param first the run's first bytes, at most [#PROBE_BYTES] are looked at
    /// @return empty when more bytes are needed
    /// @throws MediaException when no more bytes can make this a recording
    static Optional<StreamFormat> detect(byte[] first) throws MediaException {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        if (first.length >= Integer.BYTES && ByteBuffer.wrap(first).getInt() == EBML) {
            return Optional.of(WEBM);
        }
        if (first.length >= 2 * Integer.BYTES && BOXES.contains(text.substring(4, 8))) {
            return Optional.of(FMP4);
        }
        if (first.length >= PROBE_BYTES) {
            throw unknown(text);
        }
        return Optional.empty();
    }

    private static MediaException unknown(String text) {
        if (text.startsWith("OggS")) {
            return new ForeignContainerException(
                    ForeignContainer.OGG, "This is an Ogg file, which cannot be read as it comes.");
        }
        String what = text.startsWith("RIFF") ? "a " + text.substring(8, 12).strip() + " file" : "";
        if (what.isEmpty() || !what.chars().allMatch(c -> c >= ' ' && c < 127)) {
            return new MalformedStreamException(
                    0, "These bytes are not a recording. Send WebM, Matroska or fragmented MP4.");
        }
        return new UnsupportedMediaException(
                "This is %s, which cannot be read here. Send WebM, Matroska or fragmented MP4."
                        .formatted(what));
    }
}
