package io.tapedeck.timeline.mp4;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.fmp4.Fields;
import java.nio.ByteBuffer;

/// Entries of equal size, where they lie in the index.
///
/// @param bytes from the first entry on
/// @param count of entries, all of which are there
record Table(ByteBuffer bytes, long count) {

    static final Table EMPTY = new Table(ByteBuffer.allocate(0), 0);

    /// One that begins with its version, flags and count.
    ///
    /// @param entryBytes of each entry
    static Table read(Fields box, int entryBytes)
            throws MalformedStreamException, NotIndexableException {
        return of(box.skip(4), entryBytes);
    }

    /// One that begins with its count.
    static Table of(Fields rest, int entryBytes)
            throws MalformedStreamException, NotIndexableException {
        long count = rest.u32();
        if (count * entryBytes > rest.left()) {
            throw new NotIndexableException("a table lists more than it has room for");
        }
        return new Table(rest.view(), count);
    }

    /// A number of 32 bits.
    ///
    /// @param place counts numbers of that size
    long u32(long place) {
        return s32(place) & 0xFFFF_FFFFL;
    }

    int s32(long place) {
        return bytes.getInt((int) (place * Integer.BYTES));
    }

    long s64(long place) {
        return bytes.getLong((int) (place * Long.BYTES));
    }
}
