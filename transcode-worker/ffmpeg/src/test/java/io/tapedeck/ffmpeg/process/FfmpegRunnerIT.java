package io.tapedeck.ffmpeg.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a guest does, the call returns with a typed end and the guest is gone.
@Timeout(60)
class FfmpegRunnerIT {

    private static final FfmpegLimits PATIENT =
            limits(Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final FfmpegLimits QUICK_TO_STALL =
            limits(Duration.ofSeconds(30), Duration.ofMillis(700));
    private static final FfmpegLimits SHORT =
            limits(Duration.ofMillis(700), Duration.ofSeconds(30));

    @TempDir private Path directory;

    private FakeFfmpeg fake;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @BeforeEach
    void setUp() {
        fake = new FakeFfmpeg(directory);
    }

    @AfterEach
    void nobodySurvives() throws IOException {
        if (fake.started()) {
            assertThat(fake.gone()).isTrue();
        }
    }

    @Test
    void passesInputAndOutputThrough() throws Exception {
        run(fake.that("exec cat"), PATIENT, new byte[300_000]);

        assertThat(output.size()).isEqualTo(300_000);
    }

    @Test
    void isContentWithAGuestThatExitsLate() throws Exception {
        run(fake.that("exec >&- 2>&- <&-; exec sleep 0.5"), PATIENT, new byte[300_000]);

        assertThat(fake.gone()).isTrue();
    }

    @Test
    void isContentWithAGuestThatDoesNotWantAllInput() throws Exception {
        run(fake.that("head -c 10; exit 0"), PATIENT, new byte[300_000]);

        assertThat(output.size()).isEqualTo(10);
    }

    @Test
    void tellsACrashWithItsStatusAndLastWords() throws Exception {
        var exit = failure(fake.that("echo 'out of luck' >&2; exit 3"), PATIENT);

        assertThat(exit).isEqualTo(new FfmpegExit.Crashed(3, "out of luck"));
        assertThat(exit.retryable()).isTrue();
    }

    @Test
    void tellsACrashBySignal() throws Exception {
        var exit = failure(fake.that("kill -SEGV $$"), PATIENT);

        assertThat(exit).isEqualTo(new FfmpegExit.Crashed(128 + 11, ""));
    }

    @Test
    void tellsRefusedInput() throws Exception {
        var exit =
                failure(
                        fake.that(
                                "cat > /dev/null;"
                                        + " echo 'pipe:0: Invalid data found when processing input' >&2;"
                                        + " exit 183"),
                        PATIENT);

        assertThat(exit).isInstanceOf(FfmpegExit.RefusedInput.class);
        assertThat(exit.retryable()).isFalse();
    }

    @Test
    void endsAGuestThatHangs() throws Exception {
        assertThat(failure(fake.that("exec sleep 1000"), QUICK_TO_STALL))
                .isInstanceOf(FfmpegExit.Stalled.class);
    }

    @Test
    void endsAGuestThatHangsAndIgnoresSigterm() throws Exception {
        assertThat(failure(fake.that("trap '' TERM; exec sleep 1000"), QUICK_TO_STALL))
                .isInstanceOf(FfmpegExit.Stalled.class);
    }

    @Test
    void endsAGuestThatIsStopped() throws Exception {
        assertThat(failure(fake.that("kill -STOP $$"), QUICK_TO_STALL))
                .isInstanceOf(FfmpegExit.Stalled.class);
    }

    @Test
    void endsAGuestThatThinksForEver() throws Exception {
        assertThat(failure(fake.that("while :; do :; done"), QUICK_TO_STALL))
                .isInstanceOf(FfmpegExit.Stalled.class);
    }

    @Test
    void talkingIsNotProgress() throws Exception {
        var exit = failure(fake.that("exec yes 'so much to say' >&2"), SHORT);

        assertThat(exit).isInstanceOf(FfmpegExit.TimedOut.class);
        assertThat(((FfmpegExit.TimedOut) exit).messages())
                .contains("so much to say")
                .hasSizeLessThanOrEqualTo(4096);
    }

    @Test
    void endsAGuestThatWritesTooMuch() throws Exception {
        assertThat(failure(fake.that("exec cat /dev/zero"), PATIENT))
                .isEqualTo(new FfmpegExit.OutputTooLarge(PATIENT.outputBytes()));
    }

    @Test
    void endsAGuestThatIsBusyForTooLong() throws Exception {
        assertThat(failure(fake.that("while :; do echo more; sleep 0.05; done"), SHORT))
                .isInstanceOf(FfmpegExit.TimedOut.class);
    }

    @Test
    void endsAGuestThatHidesBehindAChild() throws Exception {
        assertThat(failure(fake.that("sleep 1000 & wait"), QUICK_TO_STALL))
                .isInstanceOf(FfmpegExit.Stalled.class);
    }

    @Test
    void outputThatIsNotReadToItsEndIsNoSuccess() throws Exception {
        var runner = new FfmpegRunner(fake.that("cat"), PATIENT);
        var never = new CountDownLatch(1);

        var failure =
                catchThrowableOfType(
                        FfmpegException.class,
                        () ->
                                runner.run(
                                        command(),
                                        stdin -> stdin.write(new byte[1000]),
                                        stdout -> {
                                            output.write(stdout.readNBytes(500));
                                            awaitQuietly(never);
                                        },
                                        Cancellation.never()));

        never.countDown();
        assertThat(failure.exit()).isEqualTo(new FfmpegExit.OutputCutShort());
        assertThat(failure.exit().retryable()).isTrue();
    }

    @Test
    void failsWhenItsReaderRunsOutOfMemoryAtTheVeryEnd() throws Exception {
        var runner = new FfmpegRunner(fake.that("cat"), PATIENT);

        assertThatThrownBy(() ->
                        runner.run(
                                command(),
                                stdin -> stdin.write(new byte[1000]),
                                stdout -> {
                                    stdout.readAllBytes();
                                    throw new OutOfMemoryError("on purpose");
                                },
                                Cancellation.never()))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("on purpose");
    }

    @Test
    void failsWhenItsFeederRunsOutOfMemory() throws Exception {
        var runner = new FfmpegRunner(fake.that("cat"), PATIENT);

        assertThatThrownBy(() ->
                        runner.run(
                                command(),
                                _ -> {
                                    throw new OutOfMemoryError("on purpose");
                                },
                                stdout -> stdout.transferTo(output),
                                Cancellation.never()))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("on purpose");
    }

    @Test
    void endsWhenCancelledFromAnotherThread() throws Exception {
        var cancellation = new Cancellation();
        var installation = fake.that("exec sleep 1000");
        var running =
                CompletableFuture.supplyAsync(() ->
                        catchThrowableOfType(
                                FfmpegException.class,
                                () -> run(installation, PATIENT, new byte[10], cancellation)));
        awaitStart();

        cancellation.cancel();

        assertThat(running.get(10, TimeUnit.SECONDS).exit()).isEqualTo(new FfmpegExit.Cancelled());
    }

    @Test
    void doesNotStartWhenCancelledBefore() throws Exception {
        var cancellation = new Cancellation();
        cancellation.cancel();
        var installation = fake.that("exec cat");

        assertThatThrownBy(() -> run(installation, PATIENT, new byte[10], cancellation))
                .isInstanceOf(FfmpegException.class);
        assertThat(fake.started()).isFalse();
    }

    @Test
    void endsWhenItsThreadIsInterruptedAndSaysSo() throws Exception {
        var installation = fake.that("exec sleep 1000");
        var interrupted = new CompletableFuture<Boolean>();
        var thread =
                Thread.ofPlatform()
                        .start(() -> {
                            assertThatThrownBy(() -> run(installation, PATIENT, new byte[10]))
                                    .isInstanceOf(FfmpegException.class);
                            interrupted.complete(Thread.currentThread().isInterrupted());
                        });
        awaitStart();

        thread.interrupt();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsWhenItsInputCannotBeRead() throws Exception {
        var runner = new FfmpegRunner(fake.that("exec cat"), PATIENT);

        assertThatThrownBy(() ->
                        runner.run(
                                command(),
                                _ -> {
                                    throw new IOException("the store is away");
                                },
                                stdout -> stdout.transferTo(output),
                                Cancellation.never()))
                .isInstanceOf(IOException.class)
                .hasMessage("the store is away");
    }

    @Test
    void handsOnNeitherSecretsNorShellSyntax() throws Exception {
        var builder = new FFmpegBuilder().addExtraArgs("$(touch /tmp/x)", "a b;c");
        builder.addInput("pipe:0");
        builder.addOutput("pipe:1");
        var runner =
                new FfmpegRunner(
                        fake.that("for a in \"$@\"; do echo \"<$a>\"; done; env"), PATIENT);

        runner.run(builder, _ -> {}, stdout -> stdout.transferTo(output), Cancellation.never());

        assertThat(output.toString(UTF_8))
                .contains("<$(touch /tmp/x)>", "<a b;c>")
                .doesNotContain("JAVA_HOME", "MAVEN");
    }

    @Test
    void saysPlainlyThatThereIsNoProgram() {
        var nowhere = new FfmpegInstallation("/nowhere/ffmpeg", "fake", "");

        assertThatThrownBy(() -> run(nowhere, PATIENT, new byte[10]))
                .isInstanceOfAny(FfmpegException.class, IOException.class)
                .hasMessageContaining("/nowhere/ffmpeg");
    }

    private FfmpegExit failure(FfmpegInstallation installation, FfmpegLimits limits) {
        return catchThrowableOfType(
                        FfmpegException.class, () -> run(installation, limits, new byte[300_000]))
                .exit();
    }

    private void run(FfmpegInstallation installation, FfmpegLimits limits, byte[] input)
            throws FfmpegException, IOException {
        run(installation, limits, input, Cancellation.never());
    }

    private void run(
            FfmpegInstallation installation,
            FfmpegLimits limits,
            byte[] input,
            Cancellation cancellation)
            throws FfmpegException, IOException {
        new FfmpegRunner(installation, limits)
                .run(
                        command(),
                        stdin -> stdin.write(input),
                        stdout -> stdout.transferTo(output),
                        cancellation);
    }

    private static FFmpegBuilder command() {
        var builder = new FFmpegBuilder();
        builder.addInput("pipe:0");
        builder.addOutput("pipe:1");
        return builder;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitStart() throws Exception {
        while (!fake.started()) {
            Thread.onSpinWait();
        }
    }

    private static FfmpegLimits limits(Duration wall, Duration stale) {
        return new FfmpegLimits(wall, stale, Duration.ofMillis(300), 1_000_000, 0, 1L << 32);
    }
}
