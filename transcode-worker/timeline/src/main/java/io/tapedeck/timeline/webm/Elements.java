package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MalformedStreamException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Walks the child elements of a small master element that is in memory as a whole.
final class Elements {

    private final byte[] bytes;
    private final long offsetBytes;
    private int next;
    private int id;
    private int bodyFrom;
    private int bodySize;

    /// @param bytes the master's body
    /// @param offsetBytes where it is in the run
    Elements(byte[] bytes, long offsetBytes) {
        this.bytes = bytes;
        this.offsetBytes = offsetBytes;
    }

    /// Moves to the next child.
    boolean next() throws MalformedStreamException {
        if (next == bytes.length) {
            return false;
        }
        ElementHeader header = new ElementHeader();
        do {
            if (next == bytes.length) {
                throw malformed();
            }
        } while (!header.add(bytes[next], offsetBytes + next++));
        long size = header.size();
        if (size == ElementHeader.UNKNOWN_SIZE || size > bytes.length - next) {
            throw malformed();
        }
        id = header.id();
        bodyFrom = next;
        bodySize = (int) size;
        next += bodySize;
        return true;
    }

    int id() {
        return id;
    }

    byte[] body() {
        return Arrays.copyOfRange(bytes, bodyFrom, bodyFrom + bodySize);
    }

    Elements children() {
        return new Elements(body(), offsetBytes + bodyFrom);
    }

    /// The body as an unsigned integer below 2^63.
    long number() throws MalformedStreamException {
        return number(body(), offsetBytes + bodyFrom);
    }

    /// The body as a floating-point number; 0 where it is none.
    double decimal() {
        ByteBuffer number = ByteBuffer.wrap(bytes, bodyFrom, bodySize);
        return switch (bodySize) {
            case Float.BYTES -> number.getFloat();
            case Double.BYTES -> number.getDouble();
            default -> 0;
        };
    }

    String text() {
        return new String(bytes, bodyFrom, bodySize, StandardCharsets.ISO_8859_1).replace("\0", "");
    }

    /// An unsigned integer below 2^63, of up to 8 bytes.
    static long number(byte[] body, long offsetBytes) throws MalformedStreamException {
        if (body.length > 8 || (body.length == 8 && body[0] < 0)) {
            throw MalformedStreamException.at(offsetBytes, "a number is too large");
        }
        long value = 0;
        for (byte b : body) {
            value = (value << 8) | (b & 0xFF);
        }
        return value;
    }

    private MalformedStreamException malformed() {
        return MalformedStreamException.at(
                offsetBytes + next, "an element is larger than the one around it");
    }
}
