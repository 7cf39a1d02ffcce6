package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MalformedStreamException;

/// Walks the boxes in a box that is in memory as a whole.
public final class Boxes {

    private final byte[] bytes;
    private final int until;
    private final long offsetBytes;
    private final BoxHeader header = new BoxHeader();
    private int next;
    private int type;
    private int bodyFrom;
    private int bodyUntil;

    /// @param bytes the body of the box around them
    /// @param offsetBytes where it is in the run
    public Boxes(byte[] bytes, long offsetBytes) {
        this(bytes, 0, bytes.length, offsetBytes);
    }

    Boxes(byte[] bytes, int from, int until, long offsetBytes) {
        this.bytes = bytes;
        this.next = from;
        this.until = until;
        this.offsetBytes = offsetBytes;
    }

    /// Moves to the next box. A rest that is too short for one, as QuickTime leaves it, is none.
    public boolean next() throws MalformedStreamException {
        if (until - next < BoxHeader.SHORT_BYTES) {
            return false;
        }
        header.clear();
        do {
            if (next == until) {
                throw tooLarge();
            }
        } while (!header.add(bytes[next], offsetBytes + next++));
        long size = header.bodyBytes();
        if (size > until - next) {
            throw tooLarge();
        }
        type = header.type();
        bodyFrom = next;
        bodyUntil = size == BoxHeader.TO_THE_END ? until : next + (int) size;
        next = bodyUntil;
        return true;
    }

    public int type() {
        return type;
    }

    public Fields fields() {
        return new Fields(bytes, bodyFrom, bodyUntil, offsetBytes);
    }

    public Boxes children() {
        return new Boxes(bytes, bodyFrom, bodyUntil, offsetBytes);
    }

    private MalformedStreamException tooLarge() {
        return MalformedStreamException.at(
                offsetBytes + next, "a box is larger than the one around it");
    }
}
