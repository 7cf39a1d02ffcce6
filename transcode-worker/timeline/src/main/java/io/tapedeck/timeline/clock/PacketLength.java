package io.tapedeck.timeline.clock;

/// Tells how many samples a packet decodes to, without decoding it.
@FunctionalInterface
public interface PacketLength {

    /// @param head the packet or its first [io.tapedeck.timeline.stream.Block#HEAD_BYTES]
    /// @param sizeBytes of all of it
    /// @return in the track's own samples; 0 when it is no valid packet
    int samples(byte[] head, int sizeBytes);

    /// Samples as they are.
    ///
    /// @param bytes of a sample of all channels
    static PacketLength plain(int bytes) {
        return (_, sizeBytes) -> sizeBytes / bytes;
    }
}
