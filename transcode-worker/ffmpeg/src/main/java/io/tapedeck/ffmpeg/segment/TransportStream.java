package io.tapedeck.ffmpeg.segment;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/// A transport stream with one program, taken apart (ISO/IEC 13818-1).
///
/// @param streams of the program, in the order of its map
record TransportStream(List<Elementary> streams) {

    static final int H264 = 0x1B;
    static final int AAC_ADTS = 0x0F;

    /// @param type stream_type
    record Elementary(int type, List<Pes> packets) {

        /// All payloads as one.
        byte[] payload() {
            var all = new ByteArrayOutputStream();
            packets.forEach(packet -> all.writeBytes(packet.payload()));
            return all.toByteArray();
        }
    }

    /// @param timestamp presentation time in 33 bits, -1 where there is none
    record Pes(long timestamp, byte[] payload) {}

    static TransportStream read(byte[] bytes) {
        var demuxer = new Demuxer();
        for (int at = 0; at + Demuxer.PACKET_BYTES <= bytes.length; at += Demuxer.PACKET_BYTES) {
            demuxer.packet(bytes, at);
        }
        return demuxer.result();
    }

    List<Elementary> pictures() {
        return streams.stream().filter(stream -> stream.type() == H264).toList();
    }

    Optional<Elementary> sound() {
        return streams.stream().filter(stream -> stream.type() == AAC_ADTS).findFirst();
    }
}
