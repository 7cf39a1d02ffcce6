package io.tapedeck.transcode.export;

import io.tapedeck.ffmpeg.export.ExportException;
import io.tapedeck.ffmpeg.export.ExportException.Reason;
import io.tapedeck.ffmpeg.export.ExportedFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Writes samples of 16 bit, little-endian, as a WAV (RIFF, Multimedia Programming Interface and
/// Data Specifications 1.0). Above 4 GiB, 13 hours of one channel of 44.1 kHz, as RF64 (EBU Tech
/// 3306).
///
/// The header is written last, when all sizes are known, into room that was left for the longer
/// one; the file begins where the header does.
final class WavFile implements AutoCloseable {

    private static final int HEADER_BYTES = 44;
    private static final int LONG_HEADER_BYTES = 80;
    private static final int SAMPLE_BYTES = 2;
    private static final long MOST_BYTES = 0xFFFF_FFFFL;

    private final Path file;
    private final OutputStream out;
    private final long mostBytes;
    private int hertz;
    private int channels;
    private long dataBytes;

    /// @param mostBytes of a RIFF file; another number only in tests
    WavFile(Path file, OutputStream out, long mostBytes) {
        this.file = file;
        this.out = out;
        this.mostBytes = mostBytes;
    }

    static WavFile create(Path file) throws IOException {
        return create(file, MOST_BYTES);
    }

    static WavFile create(Path file, long mostBytes) throws IOException {
        var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        out.write(new byte[LONG_HEADER_BYTES]);
        return new WavFile(file, out, mostBytes);
    }

    void write(int sampleRateHertz, int channelCount, byte[] samples) throws IOException {
        hertz = sampleRateHertz;
        channels = channelCount;
        out.write(samples);
        dataBytes += samples.length;
    }

    /// @throws ExportException there was no sound
    ExportedFile finish() throws ExportException, IOException {
        out.close();
        if (dataBytes == 0) {
            throw new ExportException(Reason.EMPTY, "There is no sound in this recording.");
        }
        boolean isLong = dataBytes + HEADER_BYTES > mostBytes;
        ByteBuffer header = isLong ? longHeader() : header();
        int offset = LONG_HEADER_BYTES - header.capacity();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.position(offset);
            while (header.hasRemaining()) {
                channel.write(header);
            }
        }
        long samples = dataBytes / SAMPLE_BYTES / channels;
        return new ExportedFile(
                file,
                offset,
                dataBytes + LONG_HEADER_BYTES - offset,
                Duration.ofMillis(samples * 1000 / hertz));
    }

    private ByteBuffer header() {
        ByteBuffer header = buffer(HEADER_BYTES);
        header.put(word("RIFF")).putInt((int) (HEADER_BYTES - 8 + dataBytes)).put(word("WAVE"));
        format(header);
        return header.put(word("data")).putInt((int) dataBytes).flip();
    }

    private ByteBuffer longHeader() {
        ByteBuffer header = buffer(LONG_HEADER_BYTES);
        header.put(word("RF64")).putInt(-1).put(word("WAVE"));
        header.put(word("ds64")).putInt(28);
        header.putLong(LONG_HEADER_BYTES - 8 + dataBytes);
        header.putLong(dataBytes).putLong(dataBytes / SAMPLE_BYTES / channels).putInt(0);
        format(header);
        return header.put(word("data")).putInt(-1).flip();
    }

    private void format(ByteBuffer header) {
        int frameBytes = channels * SAMPLE_BYTES;
        header.put(word("fmt ")).putInt(16).putShort((short) 1).putShort((short) channels);
        header.putInt(hertz).putInt(hertz * frameBytes);
        header.putShort((short) frameBytes).putShort((short) (8 * SAMPLE_BYTES));
    }

    private static ByteBuffer buffer(int sizeBytes) {
        return ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] word(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
