package io.tapedeck.ffmpeg.segment;

import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;

/// What is in an MPEG-TS segment (ISO/IEC 13818-1), read from its bytes: one program with H.264,
/// AAC in ADTS, or both.
///
/// @param pictures PES packets with pictures; each has one
/// @param soundFrames ADTS frames
/// @param firstSoundTicks timestamp of the first ADTS frame, in 33 bits
/// @param videoCodec RFC 6381, from the first SPS
/// @param audioCodec RFC 6381, from the first ADTS header
record TransportStream(
        int pictures,
        int soundFrames,
        OptionalLong firstSoundTicks,
        Optional<String> videoCodec,
        Optional<String> audioCodec) {

    private static final int NAL_SPS = 7;

    /// RFC 6381 codecs of all there is, pictures first.
    String codecs() {
        var codecs = new ArrayList<String>();
        videoCodec.ifPresent(codecs::add);
        audioCodec.ifPresent(codecs::add);
        return String.join(",", codecs);
    }

    static TransportStream read(byte[] bytes) {
        var demuxer = new Demuxer();
        for (int at = 0; at + Demuxer.PACKET_BYTES <= bytes.length; at += Demuxer.PACKET_BYTES) {
            demuxer.packet(bytes, at);
        }
        return demuxer.result();
    }

    /// RFC 6381 §3.3: profile, constraints and level as the SPS has them.
    static Optional<String> avcCodec(byte[] annexB) {
        for (int i = 0; i + 6 < annexB.length; i++) {
            if (annexB[i] == 0
                    && annexB[i + 1] == 0
                    && annexB[i + 2] == 1
                    && (annexB[i + 3] & 0x1F) == NAL_SPS) {
                return Optional.of(
                        "avc1.%02x%02x%02x".formatted(annexB[i + 4], annexB[i + 5], annexB[i + 6]));
            }
        }
        return Optional.empty();
    }
}
