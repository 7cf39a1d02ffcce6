package io.tapedeck.transcode.convert;

import java.time.Duration;

/// What a worker found that has no room to convert a run. Another worker's disk may be larger.
///
/// @param neededBytes for the run and what it is converted to
record TooLittleRoom(long neededBytes, WorkFiles.Space space) {

    /// Why the run is not converted, for people.
    ///
    /// @param patience for how long there was no room in any look
    String reason(Duration patience) {
        return "Converting this part takes %d MB of disk, and for more than %d minutes no server that looked had as much free: the last one %s send it again."
                .formatted(neededBytes >> 20, patience.toMinutes(), lastLook());
    }

    private String lastLook() {
        return space.everHas(neededBytes)
                ? "had %d MB. Make room there and".formatted(space.usableBytes() >> 20)
                : "has %d MB in all. Send it in shorter parts, or give the server a larger disk and"
                        .formatted(space.totalBytes() >> 20);
    }

    @Override
    public String toString() {
        return "%d MB are needed and %d of %d MB are free"
                .formatted(neededBytes >> 20, space.usableBytes() >> 20, space.totalBytes() >> 20);
    }
}
