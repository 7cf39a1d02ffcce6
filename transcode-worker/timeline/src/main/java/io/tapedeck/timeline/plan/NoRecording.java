package io.tapedeck.timeline.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tapedeck.timeline.MalformedStreamException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says what bytes are that are no recording, as well as that can be told. Whatever only refers to
/// recordings elsewhere is none: nothing but the bytes that were sent is ever opened.
final class NoRecording {

    static final String WANTED =
            " Send the recording itself, such as MP4, MOV, MKV, WebM, AVI, MPEG-TS, MP3, WAV or M4A.";

    private static final String REFERS = "not a recording; it only says where one is.";

    /// @param beginning in ISO 8859-1
    /// @param sentence what it is
    private record Kind(String beginning, String sentence) {}

    private static final List<Kind> BINARY =
            List.of(
                    new Kind("%PDF", "a PDF document, not a recording."),
                    new Kind(
                            "PK\u0003\u0004",
                            "a ZIP archive or an office document, not a recording."),
                    new Kind("Rar!", "an archive (RAR), not a recording."),
                    new Kind("7z\u00bc\u00af", "an archive (7z), not a recording."),
                    new Kind("\u001f\u008b", "compressed (gzip), not a recording."),
                    new Kind("\u007fELF", "a program, not a recording."),
                    new Kind("\u0089PNG", "a picture (PNG), not a recording."),
                    new Kind("\u00ff\u00d8\u00ff", "a picture (JPEG), not a recording."),
                    new Kind("GIF8", "a picture (GIF), not a recording."),
                    new Kind("II*\0", "a picture (TIFF), not a recording."),
                    new Kind("MM\0*", "a picture (TIFF), not a recording."),
                    new Kind("SQLite", "a database, not a recording."),
                    new Kind(
                            ".RMF", "a RealMedia file, which is not a recording that can be read."),
                    new Kind("MThd", "notes for instruments (MIDI), not a recording."));

    /// So short that words may begin like it.
    private static final List<Kind> SHORT =
            List.of(
                    new Kind("MZ", "a program for Windows, not a recording."),
                    new Kind("BM", "a picture (BMP), not a recording."));

    private static final List<Kind> TEXT =
            List.of(
                    new Kind("#extm3u", "a playlist (M3U8), " + REFERS),
                    new Kind("[playlist]", "a playlist (PLS), " + REFERS),
                    new Kind("ffconcat", "a script that joins other files (ffconcat), " + REFERS),
                    new Kind("file ", "a script that joins other files (ffconcat), " + REFERS),
                    new Kind("v=0", "a session description (SDP), " + REFERS),
                    new Kind("[reference]", "a playlist of Windows Media, " + REFERS),
                    new Kind("http:", "a link, " + REFERS),
                    new Kind("https:", "a link, " + REFERS),
                    new Kind("rtsp:", "a link, " + REFERS),
                    new Kind("webvtt", "subtitles, not a recording."),
                    new Kind("[script info]", "subtitles, not a recording."),
                    new Kind("<svg", "a drawing (SVG), not a recording."),
                    new Kind("<mpd", "a playlist (DASH), " + REFERS),
                    new Kind("<smil", "a playlist (SMIL), " + REFERS),
                    new Kind("<asx", "a playlist of Windows Media, " + REFERS),
                    new Kind("<!doctype html", "a web page, not a recording."),
                    new Kind("<html", "a web page, not a recording."),
                    new Kind("<", "an XML document (a playlist, a drawing, …), not a recording."),
                    new Kind("#!", "a script, not a recording."),
                    new Kind("{", "a text of data (JSON), not a recording."));

    private NoRecording() {}

    /// @param first bytes
    static MalformedStreamException problem(byte[] first) {
        String text = new String(first, ISO_8859_1);
        String sentence =
                sentence(BINARY, text)
                        .or(() -> riff(text))
                        .or(() -> written(text))
                        .or(() -> sentence(SHORT, text))
                        .map("This is "::concat)
                        .orElse("These bytes are not a recording.");
        return new MalformedStreamException(0, sentence + WANTED);
    }

    private static Optional<String> riff(String text) {
        if (!text.startsWith("RIFF")) {
            return Optional.empty();
        }
        String kind = text.substring(8, 12).strip().replaceAll("[^ -~]", "?");
        return Optional.of("a %s file, not a recording.".formatted(kind));
    }

    private static Optional<String> written(String text) {
        String begun = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
        boolean wide = text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff");
        if (!wide && !begun.chars().allMatch(NoRecording::isWritten)) {
            return Optional.empty();
        }
        String lower = begun.strip().toLowerCase(Locale.ROOT);
        return sentence(TEXT, lower).or(() -> Optional.of("text, not a recording."));
    }

    private static boolean isWritten(int c) {
        return c >= ' ' && c != 0x7F || c == '\n' || c == '\r' || c == '\t';
    }

    private static Optional<String> sentence(List<Kind> kinds, String text) {
        return kinds.stream()
                .filter(kind -> text.startsWith(kind.beginning))
                .map(Kind::sentence)
                .findFirst();
    }
}
