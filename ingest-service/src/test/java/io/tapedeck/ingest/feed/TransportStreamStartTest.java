package io.tapedeck.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransportStreamStartTest {

    private static final int PACKET = 188;
    private static final int TABLE = 0x100;
    private static final int PICTURES = 0x101;
    private static final int SOUND = 0x102;

    private static final byte[] PARAMETERS = {0, 0, 1, 0x67, 1, 2, 3};
    private static final byte[] SLICE = {0, 0, 1, 0x41, 1, 2, 3};

    @Test
    void beginsWithTheTablesAndAPictureThatStandsAlone() throws Exception {
        byte[] stream =
                join(
                        packet(PICTURES, true, PARAMETERS),
                        packet(0, true, programmes()),
                        packet(PICTURES, true, PARAMETERS),
                        packet(TABLE, true, table(0x1B, PICTURES, 0x0F, SOUND)),
                        packet(PICTURES, true, SLICE),
                        packet(PICTURES, false, PARAMETERS),
                        packet(SOUND, true, SLICE),
                        packet(PICTURES, true, PARAMETERS),
                        packet(SOUND, true, SLICE));
        byte[] expected =
                join(
                        packet(0, true, programmes()),
                        packet(TABLE, true, table(0x1B, PICTURES, 0x0F, SOUND)),
                        packet(PICTURES, true, PARAMETERS),
                        packet(SOUND, true, SLICE));
        for (int step : new int[] {1, 100, 188, 1000, 10_000}) {
            // Entered in the middle of a packet.
            byte[] entered = join(new byte[] {1, 2, 3}, stream);
            assertThat(pass(new TransportStreamStart(), entered, step)).isEqualTo(expected);
        }
    }

    @Test
    void knowsWhetherSoundCanBeCopied() throws Exception {
        assertThat(programme(0x1B, PICTURES, 0x0F, SOUND).copiesSound()).isTrue();
        assertThat(programme(0x1B, PICTURES, 0x11, SOUND).copiesSound()).isFalse();
        assertThat(programme(0x24, PICTURES, 0x81, SOUND).hevc()).isTrue();
        assertThat(programme(0x0F, SOUND).hasPictures()).isFalse();
    }

    @Test
    void refusesPicturesThatCannotBeRecorded() {
        assertThatExceptionOfType(FeedIoException.class)
                .isThrownBy(() -> programme(0x02, PICTURES, 0x0F, SOUND))
                .withMessageContaining("H.264");
    }

    @Test
    void whateverTheBytesNothingElseHappens() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] good =
                join(
                        packet(0, true, programmes()),
                        packet(TABLE, true, table(0x1B, PICTURES, 0x0F, SOUND)),
                        packet(PICTURES, true, PARAMETERS));
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = good.clone();
            for (int i = 0; i < 1 + random.nextInt(10); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(pass(new TransportStreamStart(), bytes, 188).length)
                        .as("seed %d", seed)
                        // Tables stand in front, and one may come once more.
                        .isLessThanOrEqualTo(bytes.length + PACKET);
            } catch (FeedIoException e) {
                assertThat(e.reason().code()).isEqualTo("camera-not-understood");
            }
        }
    }

    private static Programme programme(int... streams) throws IOException {
        var start = new TransportStreamStart();
        byte[] tables = join(packet(0, true, programmes()), packet(TABLE, true, table(streams)));
        pass(start, tables, 188);
        return start.programme().orElseThrow();
    }

    private static byte[] pass(TransportStreamStart start, byte[] stream, int step)
            throws IOException {
        var out = new ByteArrayOutputStream();
        for (int at = 0; at < stream.length; at += step) {
            out.writeBytes(start.pass(stream, at, Math.min(step, stream.length - at)));
        }
        return out.toByteArray();
    }

    /// A packet that is filled up at its end, which nobody looks at.
    private static byte[] packet(int pid, boolean starts, byte[] payload) {
        byte[] packet = new byte[PACKET];
        Arrays.fill(packet, (byte) 0xFF);
        packet[0] = 0x47;
        packet[1] = (byte) (pid >> 8 | (starts ? 0x40 : 0));
        packet[2] = (byte) pid;
        packet[3] = 0x10;
        System.arraycopy(payload, 0, packet, 4, payload.length);
        return packet;
    }

    private static byte[] programmes() {
        return new byte[] {
            0, 0, (byte) 0xB0, 13, 0, 1, (byte) 0xC1, 0, 0, 0, 1, (byte) 0xE1, 0, 0, 0, 0, 0
        };
    }

    /// @param streams type and packets of each
    private static byte[] table(int... streams) {
        var out = new ByteArrayOutputStream();
        int size = 13 + streams.length / 2 * 5;
        out.writeBytes(
                new byte[] {
                    0,
                    2,
                    (byte) 0xB0,
                    (byte) size,
                    0,
                    1,
                    (byte) 0xC1,
                    0,
                    0,
                    (byte) 0xE1,
                    1,
                    (byte) 0xF0,
                    0
                });
        for (int i = 0; i < streams.length; i += 2) {
            int pid = streams[i + 1];
            out.writeBytes(
                    new byte[] {
                        (byte) streams[i], (byte) (0xE0 | pid >> 8), (byte) pid, (byte) 0xF0, 0
                    });
        }
        out.writeBytes(new byte[4]);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... pieces) {
        var out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }
}
