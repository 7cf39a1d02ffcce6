package io.tapedeck.ingest.upload;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a `multipart/form-data` body (RFC 7578; RFC 2046 §5.1), one after the other, while
/// they come. Holds 64 KiB. For one thread at a time.
final class FormStream {

    /// Whoever made the body does not follow the format.
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int MAX_BOUNDARY = 200;
    private static final int MAX_HEADER_BYTES = 16 << 10;

    /// In browsers' words: a quote in a name comes as `%22`, or with a backslash.
    private static final Pattern NAME = parameter("name");

    private static final Pattern FILE_NAME = parameter("filename");

    private final InputStream source;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    /// Up to here no delimiter begins.
    private int dataEnd;

    private boolean atDelimiter;
    private boolean ended;

    /// @throws MalformedException the boundary is none
    FormStream(InputStream source, String boundary) throws MalformedException {
        if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
            throw new MalformedException("the boundary must have 1 to 70 characters");
        }
        this.source = source;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter may stand at the very beginning, without a line before it.
        buffer[0] = '\r';
        buffer[1] = '\n';
        limit = 2;
    }

    /// The next part; what is left of the one before is passed over. Empty behind the last.
    ///
    /// @throws MalformedException the body does not follow the format
    /// @throws EOFException it ended early
    Optional<FormPart> next() throws IOException {
        if (!ended) {
            new Body().transferTo(OutputStream.nullOutputStream());
            passDelimiter();
        }
        return ended ? Optional.empty() : Optional.of(part());
    }

    private FormPart part() throws IOException {
        Optional<String> name = Optional.empty();
        Optional<String> fileName = Optional.empty();
        Optional<String> contentType = Optional.empty();
        int left = MAX_HEADER_BYTES;
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            left -= line.length();
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-disposition:")) {
                name = find(NAME, line);
                fileName = find(FILE_NAME, line);
            } else if (lower.startsWith("content-type:")) {
                contentType = Optional.of(line.substring("content-type:".length()).strip());
            }
        }
        return new FormPart(name.orElse(""), fileName, contentType, new Body());
    }

    /// Behind a delimiter: `--` after the last part, else the end of the line.
    private void passDelimiter() throws IOException {
        atDelimiter = false;
        position += delimiter.length;
        if (peek(0) == '-' && peek(1) == '-') {
            ended = true;
            return;
        }
        if (!line(MAX_HEADER_BYTES).isBlank()) {
            throw new MalformedException("a boundary is followed by something else");
        }
    }

    private String line(int most) throws IOException {
        int length = 0;
        while (peek(length) != '\r' || peek(length + 1) != '\n') {
            if (++length > most) {
                throw new MalformedException("the headers of a part are too long");
            }
        }
        String line = new String(buffer, position, length, StandardCharsets.UTF_8);
        position += length + 2;
        dataEnd = position;
        return line;
    }

    private byte peek(int ahead) throws IOException {
        while (position + ahead >= limit) {
            fill();
        }
        return buffer[position + ahead];
    }

    /// @throws EOFException there is no more
    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        dataEnd = Math.max(0, dataEnd - position);
        limit -= position;
        position = 0;
        int count = source.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            throw new EOFException("the form ended before its last boundary");
        }
        limit += count;
    }

    /// Looks for the delimiter behind what is known to be data.
    private void scan() {
        int last = limit - delimiter.length;
        int at = Math.max(position, dataEnd);
        while (at <= last && !delimiterAt(at)) {
            at++;
        }
        dataEnd = at;
        atDelimiter = at <= last;
    }

    private boolean delimiterAt(int at) {
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> find(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String quoted = matcher.group(1);
        return Optional.of(
                quoted == null
                        ? matcher.group(2)
                        : quoted.replaceAll("\\\\([\"\\\\])", "$1").replace("%22", "\""));
    }

    private static Pattern parameter(String name) {
        return Pattern.compile(
                "(?i);\\s*" + name + "=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\\s\"]+))");
    }

    /// Up to the next delimiter.
    private final class Body extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (dataEnd <= position) {
                if (atDelimiter) {
                    return -1;
                }
                if (limit - position >= delimiter.length) {
                    scan();
                } else {
                    fill();
                }
            }
            int count = Math.min(length, dataEnd - position);
            System.arraycopy(buffer, position, target, offset, count);
            position += count;
            return count;
        }
    }
}
