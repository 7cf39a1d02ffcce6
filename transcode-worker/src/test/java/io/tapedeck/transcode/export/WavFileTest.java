package io.tapedeck.transcode.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.ffmpeg.export.ExportException;
import io.tapedeck.ffmpeg.export.ExportedFile;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {

    @TempDir Path folder;

    @Test
    void anotherReaderFindsEverySample() throws Exception {
        byte[] pcm = new byte[88_200];
        new Random(1).nextBytes(pcm);
        byte[] wav = write(pcm, 0xFFFF_FFFFL);
        assertThat(wav).hasSize(44 + pcm.length);
        try (var in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            assertThat(in.getFormat().getSampleRate()).isEqualTo(44_100);
            assertThat(in.getFormat().getChannels()).isEqualTo(1);
            assertThat(in.getFormat().getSampleSizeInBits()).isEqualTo(16);
            assertThat(in.getFormat().isBigEndian()).isFalse();
            assertThat(in.getFrameLength()).isEqualTo(44_100);
            assertThat(in.readAllBytes()).isEqualTo(pcm);
        }
    }

    @Test
    void whatIsTooLongForRiffIsRf64() throws Exception {
        byte[] pcm = new byte[1_000];
        byte[] wav = write(pcm, 1_000);
        ByteBuffer header = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new String(wav, 0, 4)).isEqualTo("RF64");
        assertThat(header.getInt(4)).isEqualTo(-1);
        assertThat(new String(wav, 12, 4)).isEqualTo("ds64");
        assertThat(header.getInt(16)).isEqualTo(28);
        assertThat(header.getLong(20)).isEqualTo(wav.length - 8);
        assertThat(header.getLong(28)).isEqualTo(1_000);
        assertThat(header.getLong(36)).isEqualTo(500);
        assertThat(new String(wav, 48, 4)).isEqualTo("fmt ");
        assertThat(new String(wav, 72, 4)).isEqualTo("data");
        assertThat(header.getInt(76)).isEqualTo(-1);
        assertThat(wav).hasSize(80 + 1_000);
    }

    @Test
    void nothingIsNoFile() {
        assertThatExceptionOfType(ExportException.class)
                .isThrownBy(() -> write(new byte[0], 0xFFFF_FFFFL))
                .withMessageContaining("no sound");
    }

    private byte[] write(byte[] pcm, long mostBytes) throws Exception {
        try (var out = WavFile.create(folder.resolve("it.wav"), mostBytes)) {
            out.write(44_100, 1, pcm);
            try (ExportedFile file = out.finish()) {
                byte[] all = Files.readAllBytes(file.path());
                assertThat(all.length - file.offsetBytes()).isEqualTo(file.sizeBytes());
                return Arrays.copyOfRange(all, (int) file.offsetBytes(), all.length);
            }
        }
    }
}
