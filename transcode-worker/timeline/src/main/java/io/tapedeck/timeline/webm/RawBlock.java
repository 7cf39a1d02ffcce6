package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.MalformedStreamException;
import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.codec.PictureHeads;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StateInput;
import io.tapedeck.timeline.stream.StateOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The body of a Block or SimpleBlock: track, 16 bits of time, flags, payload (RFC 9559 section
/// 10).
///
/// @param units time since the cluster's
/// @param sizeBytes of the payload, whatever of it was kept
record RawBlock(long track, short units, int flags, int sizeBytes, byte[] payload) {

    /// Track number, time and flags at most.
    private static final int PLACE_BYTES = 8 + 3;

    private static final int KEYFRAME = 0x80;

    /// Frames that share a block are some packets of sound. More is nothing that is kept in mind.
    private static final int MOST_LACED_BYTES = 256 << 10;

    /// How much of a body to keep for what [Block] promises of the payload.
    static int headBytes(PictureHeads heads) {
        return PLACE_BYTES + Math.max(Block.HEAD_BYTES, heads.bytes());
    }

    /// @param kept the body or its first [#headBytes]
    /// @param bodyBytes how long the body is
    static RawBlock read(byte[] kept, long bodyBytes, long startBytes)
            throws MalformedStreamException {
        int length = kept.length == 0 ? 9 : ElementHeader.vintLength(kept[0]);
        if (length > 8 || kept.length < length + 3) {
            throw MalformedStreamException.at(startBytes, "a frame has no valid beginning");
        }
        return new RawBlock(
                ElementHeader.vint(kept, 0, length),
                (short) ((kept[length] << 8) | (kept[length + 1] & 0xFF)),
                kept[length + 2],
                (int) (bodyBytes - length - 3),
                Arrays.copyOfRange(kept, length + 3, kept.length));
    }

    /// The payload as far as [Block] promises it where payloads are not collected.
    byte[] head() {
        return head(payload);
    }

    /// As much of a payload.
    static byte[] head(byte[] payload) {
        return Arrays.copyOf(payload, Math.min(payload.length, Block.HEAD_BYTES));
    }

    /// Which of the used tracks it belongs to, if any. Blocks without a payload belong to none.
    Optional<Block.Kind> kind(Tracks tracks) throws MediaException {
        Optional<Block.Kind> kind;
        if (payload.length == 0) {
            return Optional.empty();
        } else if (tracks.video().isPresent() && tracks.video().get().number() == track) {
            kind = Optional.of(Block.Kind.PICTURE);
        } else if (tracks.audio().isPresent() && tracks.audio().get().number() == track) {
            kind = Optional.of(Block.Kind.SOUND);
        } else {
            return Optional.empty();
        }
        if (isLaced() && (kind.get() == Block.Kind.PICTURE || sizeBytes > MOST_LACED_BYTES)) {
            // Several frames in one block have one time for all.
            throw Convertible.later();
        }
        return kind;
    }

    /// Whether all of it is needed, and not the beginning alone.
    boolean isWantedWhole(Tracks tracks) throws MediaException {
        return isLaced() && kind(tracks).isPresent();
    }

    /// Whether it holds several frames.
    boolean isLaced() {
        return (flags & Lacing.FLAGS) != 0;
    }

    /// What it holds where it [#isLaced].
    List<byte[]> frames(long startBytes) throws MediaException {
        if (payload.length < sizeBytes) {
            // Begun when nothing but its head was kept.
            throw Convertible.later();
        }
        return Lacing.frames(flags, payload, startBytes);
    }

    /// Whether a SimpleBlock says that it is a keyframe.
    boolean isKeyframe() {
        return (flags & KEYFRAME) != 0;
    }

    void save(StateOutput out) {
        out.number(track).number(units).number(flags).number(sizeBytes).bytes(payload);
    }

    static RawBlock restore(StateInput in) {
        return new RawBlock(
                in.number(),
                (short) in.number(),
                (int) in.number(),
                in.small(Integer.MAX_VALUE),
                in.bytes());
    }
}
