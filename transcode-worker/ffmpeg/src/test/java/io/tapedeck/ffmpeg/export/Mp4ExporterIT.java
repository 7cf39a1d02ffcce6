package io.tapedeck.ffmpeg.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class Mp4ExporterIT {

    @TempDir private static Path shared;
    @TempDir private Path work;

    private static Path segment;
    private static FfmpegInstallation ffmpeg;

    private final List<Double> told = new ArrayList<>();

    @BeforeAll
    static void make() throws Exception {
        ffmpeg = FfmpegInstallation.locate("ffmpeg");
        segment = segment("first.ts", 0);
    }

    @Test
    void progressRisesToOneAndTheFileIsDeletedWhenClosed() throws Exception {
        Path file;
        try (var exported = exporter().export(List.of(source(segment)), told::add, never())) {
            file = exported.path();
            assertThat(exported.sizeBytes()).isEqualTo(Files.size(file)).isPositive();
            assertThat(exported.duration()).isBetween(Duration.ofMillis(1990), millis(2030));
        }

        assertThat(told).isSorted().endsWith(1.0);
        assertThat(file).doesNotExist();
    }

    @Test
    void aHoleStaysAHole() throws Exception {
        Path later = segment("later.ts", 60);

        try (var exported =
                exporter().export(List.of(source(segment), source(later)), told::add, never())) {
            assertThat(exported.duration()).isBetween(millis(61_990), millis(62_030));
        }
    }

    @Test
    void cancellingEndsItAndLeavesNothing() {
        var cancellation = new Cancellation();
        var endless = new ExportSource(1L << 20, () -> new Endless(cancellation));

        assertThat(failure(List.of(source(segment), endless), cancellation).reason())
                .isEqualTo(ExportException.Reason.CANCELLED);
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aSegmentThatCannotBeReadIsToldFromOtherTrouble() {
        var broken =
                new ExportSource(
                        1000,
                        () -> {
                            throw new IOException("the store is away");
                        });

        var failure = failure(List.of(source(segment), broken), never());

        assertThat(failure.reason()).isEqualTo(ExportException.Reason.SOURCE_UNREADABLE);
        assertThat(failure.reason().retryable()).isTrue();
        assertThat(failure).hasMessageContaining("the store is away");
        assertThat(failure).hasRootCauseMessage("the store is away").cause().hasNoCause();
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void aFullDiskIsSaidInWords() {
        var huge = new ExportSource(Long.MAX_VALUE / 4, () -> InputStream.nullInputStream());

        var failure = failure(List.of(huge), never());

        assertThat(failure.reason()).isEqualTo(ExportException.Reason.DISK_FULL);
        assertThat(failure).hasMessageContaining("disk is too full");
    }

    @Test
    void nothingMakesNoFile() {
        assertThat(failure(List.of(), never()).reason()).isEqualTo(ExportException.Reason.EMPTY);
    }

    @Test
    void whatIsNoSegmentIsRefused() {
        var garbage = new ExportSource(5, () -> new ByteArrayInputStream(new byte[5]));

        assertThat(failure(List.of(garbage), never()).reason())
                .isEqualTo(ExportException.Reason.FFMPEG_FAILED);
        assertThat(work).isEmptyDirectory();
    }

    private ExportException failure(List<ExportSource> sources, Cancellation cancellation) {
        return catchThrowableOfType(
                ExportException.class, () -> exporter().export(sources, told::add, cancellation));
    }

    private Mp4Exporter exporter() {
        return new Mp4Exporter(ffmpeg, FfmpegLimits.forExport(), work);
    }

    private static Cancellation never() {
        return Cancellation.never();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static ExportSource source(Path file) {
        return new ExportSource(file.toFile().length(), () -> Files.newInputStream(file));
    }

    private static Path segment(String name, int offsetSeconds) throws Exception {
        Path file = shared.resolve(name);
        var command =
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=160x120:rate=30:duration=2",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=sample_rate=48000:duration=2",
                        "-c:v",
                        "libx264",
                        "-bf",
                        "0",
                        "-pix_fmt",
                        "yuv420p",
                        "-c:a",
                        "aac",
                        "-output_ts_offset",
                        Integer.toString(10 + offsetSeconds),
                        "-muxdelay",
                        "0",
                        "-muxpreload",
                        "0",
                        "-mpegts_flags",
                        "initial_discontinuity",
                        "-f",
                        "mpegts",
                        file.toString());
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
    }

    /// Bytes without end, which cancel the export once it is well under way.
    private static final class Endless extends InputStream {
        private final Cancellation cancellation;
        private long read;

        Endless(Cancellation cancellation) {
            this.cancellation = cancellation;
        }

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            read += length;
            if (read > 1 << 20) {
                cancellation.cancel();
            }
            return length;
        }
    }
}
