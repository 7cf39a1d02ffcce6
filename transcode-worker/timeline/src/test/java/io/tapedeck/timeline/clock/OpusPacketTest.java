package io.tapedeck.timeline.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusPacketTest {

    /// RFC 6716 section 3.1, table 2, and the frame counts of its four codes.
    @ParameterizedTest
    @CsvSource({
        "0, 0, 480", // SILK narrowband 10 ms
        "3, 0, 2880", // SILK narrowband 60 ms
        "11, 0, 2880", // SILK wideband 60 ms
        "12, 0, 480", // hybrid 10 ms
        "15, 0, 960", // hybrid 20 ms
        "16, 0, 120", // CELT 2.5 ms
        "31, 0, 960", // CELT 20 ms
        "31, 1, 1920", // two equal frames
        "31, 2, 1920", // two frames
    })
    void lengthFollowsFromTheFirstByte(int config, int code, int samples) {
        assertThat(OpusPacket.samples(packet(config << 3 | code))).isEqualTo(samples);
    }

    @ParameterizedTest
    @CsvSource({"3, 2880", "6, 5760", "0x83, 2880", "0xC6, 5760", "7, 0", "0, 0"})
    void codeThreeCountsItsFrames(String secondByte, int samples) {
        assertThat(OpusPacket.samples(packet(31 << 3 | 3, Integer.decode(secondByte))))
                .isEqualTo(samples);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void silenceIsAValidPacket(int channels) {
        assertThat(OpusPacket.samples(OpusPacket.silence(channels)))
                .isEqualTo(OpusPacket.SILENCE_SAMPLES);
    }

    @ParameterizedTest
    @CsvSource({"0xFF"})
    void aMissingFrameCountIsNoPacket(String toc) {
        assertThat(OpusPacket.samples(packet(Integer.decode(toc)))).isZero();
        assertThat(OpusPacket.samples(new byte[0])).isZero();
    }

    private static byte[] packet(int... bytes) {
        byte[] packet = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            packet[i] = (byte) bytes[i];
        }
        return packet;
    }
}
