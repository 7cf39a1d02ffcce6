package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tapedeck.ingest.matroska.JpegException;
import io.tapedeck.ingest.matroska.JpegSize;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The parts of a `multipart/x-mixed-replace` that are pictures (RFC 2046 §5.1, with what cameras
/// make of it): with `Content-Length` or without, a boundary with dashes in front or without, and
/// other parts between them. For one thread at a time.
///
/// Bounded: a line, a part's header and a part can only be so long. What it holds is one part.
final class MultipartPictures {

    /// Four times what a good picture of 4K takes.
    static final int LONGEST_PART_BYTES = 4 << 20;

    private static final int LONGEST_LINE_BYTES = 4 << 10;
    private static final int MOST_HEADER_LINES = 64;

    /// Each costs as much as the part is long.
    private static final int MOST_LOOKS = 16;

    /// In front of a boundary; RFC 2046 §5.1.1 allows a boundary of 70 characters.
    private static final int MOST_DASHES = 80;

    /// A delimiter that is not known yet.
    private static final int UNKNOWN = 2;

    private final InputStream in;
    private final byte[] buffer = new byte[32 << 10];
    private int at;
    private int filled;

    private byte[] delimiter;
    private boolean atHeader;
    private boolean ended;

    private byte[] part = new byte[32 << 10];
    private int length;
    private int looks;

    /// @param boundary as `Content-Type` has it; empty when it has none, or only dashes, which are
    ///   everywhere: then the first line that looks like one tells
    MultipartPictures(InputStream in, String boundary) {
        this.in = in;
        delimiter = delimiter(boundary);
    }

    /// The next part that is a picture, or says so; empty at the end.
    ///
    /// @throws IOException a [FeedIoException] when it is no such stream
    Optional<byte[]> next() throws IOException {
        while (toHeader()) {
            PartHeader header = header();
            boolean whole = header.length() >= 0 ? readLength(header.length()) : readToDelimiter();
            if (whole && header.picture() && length > 0) {
                return Optional.of(Arrays.copyOf(part, length));
            }
        }
        return Optional.empty();
    }

    /// @param length of the part; -1 if nobody knows
    private record PartHeader(int length, boolean picture) {}

    private boolean toHeader() throws IOException {
        int skipped = 0;
        while (!atHeader) {
            if (ended) {
                return false;
            }
            Optional<String> line = line(LONGEST_PART_BYTES);
            if (line.isEmpty()) {
                return false;
            }
            String text = line.get();
            skipped += text.length() + 1;
            if (skipped > LONGEST_PART_BYTES) {
                throw noStream("there is no boundary between its pictures");
            }
            if (!text.startsWith("--")) {
                continue;
            }
            if (delimiter.length == UNKNOWN) {
                delimiter = delimiter(text);
            }
            if (delimiter.length == UNKNOWN) {
                continue;
            }
            String undashed = withoutDashes(text);
            String wanted = new String(delimiter, 2, delimiter.length - 2, ISO_8859_1);
            if (undashed.equals(wanted + "--")) {
                return false;
            }
            atHeader = undashed.startsWith(wanted);
        }
        atHeader = false;
        return true;
    }

    private PartHeader header() throws IOException {
        int size = -1;
        boolean picture = true;
        for (int lines = 0; lines < MOST_HEADER_LINES; lines++) {
            String line = line(LONGEST_LINE_BYTES).orElse("");
            if (line.isEmpty()) {
                return new PartHeader(size, picture);
            }
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(colon, 0)).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
            if (name.equals("content-length")) {
                size = size(value);
            } else if (name.equals("content-type")) {
                picture = value.startsWith("image/jp") || value.startsWith("image/pjpeg");
            }
        }
        throw noStream("the headers of a picture do not end");
    }

    private static int size(String value) throws IOException {
        if (!value.matches("[0-9]{1,9}")) {
            throw noStream("a picture's Content-Length is no number");
        }
        int size = Integer.parseInt(value);
        if (size > LONGEST_PART_BYTES) {
            throw tooLong();
        }
        return size;
    }

    private boolean readLength(int size) throws IOException {
        length = 0;
        while (length < size) {
            if (at == filled && !fill()) {
                return false;
            }
            int count = Math.min(size - length, filled - at);
            append(buffer, at, count);
            at += count;
        }
        return true;
    }

    /// Without a length a picture ends where it says itself that it does, or at the next boundary.
    private boolean readToDelimiter() throws IOException {
        length = 0;
        looks = 0;
        while (true) {
            if (at == filled) {
                if (isWholePicture()) {
                    return true;
                }
                if (!fill()) {
                    return false;
                }
            }
            int end = behindNext(delimiter[delimiter.length - 1]);
            append(buffer, at, end - at);
            at = end;
            if (endsWithDelimiter()) {
                int line = length - delimiter.length;
                length = withoutLineEnd(withoutDashes(line));
                // What follows it on its line: nothing, or two dashes at the very end.
                ended = line(LONGEST_LINE_BYTES).orElse("--").startsWith("--");
                atHeader = !ended;
                return true;
            }
        }
    }

    /// Asked only when nothing more is there yet. A picture in a picture's own headers does not
    /// count, for [JpegSize] does not take the rest for whole.
    private boolean isWholePicture() {
        int end = withoutLineEnd(length);
        if (end < 4
                || part[end - 2] != (byte) 0xFF
                || part[end - 1] != (byte) 0xD9
                || ++looks > MOST_LOOKS) {
            return false;
        }
        try {
            JpegSize.of(Arrays.copyOf(part, end));
            length = end;
            return true;
        } catch (JpegException e) {
            return false;
        }
    }

    private int behindNext(byte last) {
        int end = at;
        while (end < filled && buffer[end] != last) {
            end++;
        }
        return Math.min(end + 1, filled);
    }

    private boolean endsWithDelimiter() {
        int from = length - delimiter.length;
        if (from < 0
                || part[length - 1] != delimiter[delimiter.length - 1]
                || !Arrays.equals(part, from, length, delimiter, 0, delimiter.length)) {
            return false;
        }
        int line = withoutDashes(from);
        return line == 0 || part[line - 1] == '\n';
    }

    private int withoutDashes(int end) {
        int start = end;
        int least = Math.max(0, end - MOST_DASHES);
        while (start > least && part[start - 1] == '-') {
            start--;
        }
        return start;
    }

    private int withoutLineEnd(int end) {
        int start = end;
        if (start > 0 && part[start - 1] == '\n') {
            start--;
        }
        if (start > 0 && part[start - 1] == '\r') {
            start--;
        }
        return start;
    }

    private void append(byte[] bytes, int from, int count) throws IOException {
        if (length + count > LONGEST_PART_BYTES) {
            throw tooLong();
        }
        if (length + count > part.length) {
            part = Arrays.copyOf(part, Math.max(length + count, part.length * 2));
        }
        System.arraycopy(bytes, from, part, length, count);
        length += count;
    }

    /// Up to the next LF, without what ends it, and of a long one only the beginning.
    private Optional<String> line(int longest) throws IOException {
        var text = new StringBuilder();
        for (int count = 0; count < longest; count++) {
            if (at == filled && !fill()) {
                return Optional.empty();
            }
            char next = (char) (buffer[at++] & 0xFF);
            if (next == '\n') {
                return Optional.of(text.toString().stripTrailing());
            }
            if (text.length() < LONGEST_LINE_BYTES) {
                text.append(next);
            }
        }
        throw noStream("a line of its headers does not end");
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }

    private static byte[] delimiter(String boundary) {
        return ("--" + withoutDashes(boundary.strip())).getBytes(ISO_8859_1);
    }

    private static String withoutDashes(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '-') {
            start++;
        }
        return text.substring(start);
    }

    private static FeedIoException tooLong() {
        return FeedProblem.NOT_UNDERSTOOD.whileReading(
                "A picture is longer than %d MiB. Choose a smaller size in the camera's settings."
                        .formatted(LONGEST_PART_BYTES >> 20));
    }

    private static FeedIoException noStream(String what) {
        return FeedProblem.NOT_UNDERSTOOD.whileReading(
                "What comes is no stream of pictures: " + what + ".");
    }
}
