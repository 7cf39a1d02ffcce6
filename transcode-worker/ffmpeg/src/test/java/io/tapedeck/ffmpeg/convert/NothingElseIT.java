package io.tapedeck.ffmpeg.convert;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegException;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.ForeignContainer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// No file makes ffmpeg open another one, or an address, whatever it was taken for.
@Timeout(120)
class NothingElseIT {

    private static final long MIB = 1L << 20;

    private static FfmpegInstallation ffmpeg;

    @TempDir private Path work;

    @BeforeAll
    static void locate() throws Exception {
        ffmpeg = FfmpegInstallation.locate(System.getProperty("tapedeck.ffmpeg", "ffmpeg"));
    }

    @Test
    void scriptsAndPlaylistsAreNeverFollowed() throws Exception {
        Path secret = tone();
        var asked = new AtomicInteger();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        server.start();
        try {
            String address = "http://127.0.0.1:%d/a.ts".formatted(server.getAddress().getPort());
            for (String there : List.of(address, secret.toString(), secret.toUri().toString())) {
                for (String script : scripts(there)) {
                    for (ForeignContainer container : ForeignContainer.values()) {
                        assertRefused(container, script);
                    }
                }
            }
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    private static List<String> scripts(String there) {
        return List.of(
                "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n%s\n#EXT-X-ENDLIST\n"
                        .formatted(there),
                "ffconcat version 1.0\nfile '%s'\n".formatted(there));
    }

    private void assertRefused(ForeignContainer container, String script) throws IOException {
        Path file = Files.writeString(work.resolve("script"), script);
        assertThatExceptionOfType(FfmpegException.class)
                .as(container + " " + script)
                .isThrownBy(() -> convert(container, file));
    }

    /// QuickTime may say that the frames of a track are in another file.
    @Test
    void framesOfAnotherFileAreNotRead() throws Exception {
        Path secret = tone();
        Path hostile = Files.write(work.resolve("hostile.mov"), referring(secret));

        // It would work, if it were allowed to.
        assertThat(loudness("-enable_drefs", "1", "-use_absolute_path", "1", hostile))
                .isGreaterThan(1000);

        double heard;
        try {
            convert(ForeignContainer.MP4, hostile);
            heard = loudness("-f", "mov", "-v", "fatal", work.resolve("converted"));
        } catch (FfmpegException e) {
            heard = 0;
        }
        assertThat(heard).isZero();
    }

    /// A copy of a file without its frames, that names it as where they are.
    private static byte[] referring(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int dref = find(whole, "dref") - 4;
        int before = ByteBuffer.wrap(whole).getInt(dref);
        byte[] alias = alias(file);
        byte[] made = new byte[whole.length - before + alias.length];
        System.arraycopy(whole, 0, made, 0, dref);
        System.arraycopy(alias, 0, made, dref, alias.length);
        System.arraycopy(
                whole, dref + before, made, dref + alias.length, whole.length - dref - before);
        ByteBuffer boxes = ByteBuffer.wrap(made);
        for (String parent : List.of("moov", "trak", "mdia", "minf", "dinf")) {
            int at = (parent.equals("moov") ? find(made, parent) : before(made, parent, dref)) - 4;
            boxes.putInt(at, boxes.getInt(at) + alias.length - before);
        }
        int data = find(made, "mdat") + 4;
        java.util.Arrays.fill(made, data, data + boxes.getInt(data - 8) - 8, (byte) 0);
        return made;
    }

    /// `dref` with an alias record of version 2 (Inside Macintosh: Files), absolute path first.
    private static byte[] alias(Path file) {
        byte[] path = file.toString().replace('/', ':').getBytes(US_ASCII);
        int padded = path.length + path.length % 2;
        int size = 12 + 10 + 1 + 27 + 12 + 64 + 16 + 4 + 16 + 4 + padded + 4;
        ByteBuffer record = ByteBuffer.allocate(16 + size);
        record.putInt(16 + size).put("dref".getBytes(US_ASCII)).putInt(0).putInt(1);
        record.putInt(size).put("alis".getBytes(US_ASCII)).putInt(0);
        record.position(record.position() + 10 + 1 + 27 + 12 + 64 + 16);
        // How many folders up and down there are to the file.
        record.putShort((short) -1).putShort((short) -1);
        record.position(record.position() + 16);
        record.putShort((short) 2).putShort((short) path.length).put(path);
        record.position(record.position() + padded - path.length);
        record.putShort((short) -1).putShort((short) 0);
        return record.array();
    }

    private static int find(byte[] bytes, String type) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf(type);
    }

    private static int before(byte[] bytes, String type, int place) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .lastIndexOf(type, place);
    }

    private Path tone() throws Exception {
        Path file = work.resolve("secret.mov");
        var command =
                List.of(
                        "ffmpeg",
                        "-y",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=d=2",
                        "-c:a",
                        "pcm_s16le",
                        file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
    }

    private static double loudness(Object... input) throws Exception {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error"));
        for (Object word : List.of(input).subList(0, input.length - 1)) {
            command.add(word.toString());
        }
        command.addAll(List.of("-i", input[input.length - 1].toString()));
        command.addAll(List.of("-f", "s16be", "pipe:1"));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var samples = ByteBuffer.wrap(process.getInputStream().readAllBytes()).asShortBuffer();
        double sum = 0;
        for (int i = 0; i < samples.limit(); i++) {
            sum += (double) samples.get(i) * samples.get(i);
        }
        return samples.limit() == 0 ? 0 : Math.sqrt(sum / samples.limit());
    }

    private void convert(ForeignContainer container, Path source)
            throws FfmpegException, IOException {
        new Fragmenter(ffmpeg, 64 * MIB)
                .convert(
                        container,
                        source,
                        work.resolve("converted"),
                        _ -> {},
                        Cancellation.never());
    }
}
