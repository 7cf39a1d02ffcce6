package io.tapedeck.timeline.plan;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.fmp4.Fmp4Parser;
import io.tapedeck.timeline.mp4.Mp4IndexParser;
import io.tapedeck.timeline.mp4.Mp4SpanParser;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StreamParser;
import io.tapedeck.timeline.webm.WebmParser;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    },
    /// The list of frames that was made of an MP4 file's index. No bytes of a client are ever taken
    /// for one.
    MP4_INDEX {
        @Override
        StreamParser parser() {
            return new Mp4IndexParser();
        }

        @Override
        StreamParser restore(StateInput in) {
            return Mp4IndexParser.restore(in);
        }

        @Override
        StreamParser resume(byte[] header, byte[] place, long position) {
            throw new IllegalArgumentException("The file itself does not say what is in it");
        }

        @Override
        StreamParser resume(byte[] header, List<byte[]> excerpts, long position) {
            return new Mp4SpanParser(header, excerpts, position);
        }
    };

    /// Boxes that MP4 and QuickTime files begin with.
    private static final Set<String> BOXES =
            Set.of(
                    "ftyp", "styp", "moov", "moof", "mdat", "sidx", "emsg", "free", "skip", "wide",
                    "uuid", "pnot");

    /// Brands of pictures in the same boxes.
    private static final Set<String> PICTURES =
            Set.of("heic", "heix", "heim", "heis", "mif1", "msf1", "avif");

    /// The head of a box, and with the brand behind it.
    private static final int BOX_BYTES = 8;

    private static final int BRAND_BYTES = 12;

    private static final int EBML = 0x1A45DFA3;

    /// A parser for a run from its first byte.
    abstract StreamParser parser();

    /// A parser from what [StreamParser#save] wrote.
    abstract StreamParser restore(StateInput in);

    /// A parser that collects payloads, from [StreamParser#header] and [StreamParser#place].
    abstract StreamParser resume(byte[] header, byte[] place, long position);

    /// The same from [StreamParser#excerpt] of neighbouring windows.
    StreamParser resume(byte[] header, List<byte[]> excerpts, long position) {
        throw new IllegalArgumentException("This container needs no excerpts");
    }

    /// @param first the run's first bytes, or those behind a tag
    /// @param tagged whether there was one, which only sound has that is no stream
    /// @return empty when more bytes are needed
    /// @throws MediaException when no more bytes can make this a stream
    static Optional<StreamFormat> detect(byte[] first, boolean tagged) throws MediaException {
        Optional<StreamFormat> stream = tagged ? Optional.empty() : stream(first);
        if (stream.isEmpty()) {
            Optional<MediaException> problem = new FirstBytes(first, tagged).problem();
            if (problem.isPresent()) {
                throw problem.get();
            }
        }
        return stream;
    }

    private static Optional<StreamFormat> stream(byte[] first) throws MediaException {
        if (first.length >= Integer.BYTES && ByteBuffer.wrap(first).getInt() == EBML) {
            return Optional.of(WEBM);
        }
        String text = new String(first, StandardCharsets.ISO_8859_1);
        if (first.length < BOX_BYTES || !BOXES.contains(text.substring(4, BOX_BYTES))) {
            return Optional.empty();
        }
        if (text.startsWith("ftyp", 4) && first.length < BRAND_BYTES) {
            return Optional.empty();
        }
        if (text.startsWith("ftyp", 4) && PICTURES.contains(text.substring(8, BRAND_BYTES))) {
            throw new MalformedStreamException(
                    0, "This is a picture (HEIC or AVIF), not a recording." + NoRecording.WANTED);
        }
        return Optional.of(FMP4);
    }
}
