package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A request or an answer (RFC 2326 §4), bounded.
///
/// @param first its first line
/// @param headers as they are written
@SuppressWarnings("ArrayRecordComponent") // never compared
record RtspMessage(String first, List<String> headers, byte[] body) {

    private static final int LONGEST_LINE = 4 << 10;
    private static final int MOST_HEADERS = 64;
    private static final int LONGEST_BODY = 256 << 10;

    /// What passes for a status line elsewhere may read as another one there.
    private static final Pattern ANSWER = Pattern.compile("RTSP/1\\.[0-9] ([0-9]{3})(| .*)");

    private static final Pattern REQUEST = Pattern.compile("([A-Z_]{1,20}) (\\S+) RTSP/1\\.[0-9]");

    /// What somebody who plays a stream has to know. None of it leads elsewhere.
    private static final List<String> TOLD =
            List.of(
                    "CSeq",
                    "Session",
                    "Content-Base",
                    "Content-Type",
                    "Public",
                    "Range",
                    "RTP-Info",
                    "Transport");

    /// @param begun the first byte, which told that this is no packet
    /// @throws IOException a [FeedIoException] when it is none
    static RtspMessage read(int begun, InputStream in) throws IOException {
        String first = (char) begun + line(in);
        var headers = new ArrayList<String>();
        String line = line(in);
        while (!line.isEmpty()) {
            if (headers.size() == MOST_HEADERS) {
                throw none();
            }
            headers.add(line);
            line = line(in);
        }
        var head = new RtspMessage(first, headers, new byte[0]);
        String length = head.header("Content-Length").orElse("0");
        if (head.headers("Content-Length").size() > 1
                || !length.matches("[0-9]{1,6}")
                || Integer.parseInt(length) > LONGEST_BODY) {
            throw none();
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        if (body.length < Integer.parseInt(length)) {
            throw new EOFException();
        }
        return new RtspMessage(first, headers, body);
    }

    /// The first of that name.
    Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    List<String> headers(String name) {
        return headers.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    boolean isAnswer() {
        return ANSWER.matcher(first).matches();
    }

    boolean isRequest() {
        return REQUEST.matcher(first).matches();
    }

    /// Of an answer; 0 if it has none.
    int status() {
        Matcher answer = ANSWER.matcher(first);
        return answer.matches() ? Integer.parseInt(answer.group(1)) : 0;
    }

    /// Of a request.
    String method() {
        return first.split(" ", 2)[0];
    }

    /// Of a request: what it asks for.
    String target() {
        String[] words = first.split(" ", 3);
        return words.length > 1 ? words[1] : "";
    }

    /// An answer in words of our own, with nothing in it that two readers could read as two things:
    /// a line that says how it went, each header that is needed once, and how long the body is.
    RtspMessage anew() {
        Matcher answer = ANSWER.matcher(first);
        if (!answer.matches()) {
            throw new IllegalStateException("no answer");
        }
        var told = new ArrayList<String>();
        for (String name : TOLD) {
            header(name)
                    .ifPresent(value -> told.add(name + ": " + value.replaceAll("[^ -~]", " ")));
        }
        told.add("Content-Length: " + body.length);
        String reason = answer.group(2).replaceAll("[^ -~]", " ").strip();
        return new RtspMessage(
                "RTSP/1.0 %s %s".formatted(answer.group(1), reason.isEmpty() ? "-" : reason),
                List.copyOf(told),
                body);
    }

    RtspMessage withFirst(String line) {
        return new RtspMessage(line, headers, body);
    }

    RtspMessage with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.removeIf(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
        more.add(name + ": " + value);
        return new RtspMessage(first, more, body);
    }

    byte[] bytes() {
        var text = new StringBuilder(first).append("\r\n");
        headers.forEach(line -> text.append(line).append("\r\n"));
        byte[] head = text.append("\r\n").toString().getBytes(ISO_8859_1);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException();
            }
            if (text.length() == LONGEST_LINE) {
                throw none();
            }
            text.append((char) next);
            next = in.read();
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) == '\r') {
            text.setLength(text.length() - 1);
        }
        if (text.chars().anyMatch(RtspMessage::isControl)) {
            throw none();
        }
        return text.toString().stripTrailing();
    }

    /// What ends a line, or a text, for some readers and not for others.
    private static boolean isControl(int character) {
        return character < ' ' && character != '\t' || character == 0x7F;
    }

    private static FeedIoException none() {
        return FeedProblem.NOT_UNDERSTOOD.whileReading("What answers there speaks no RTSP.");
    }
}
