package io.tapedeck.standalone;

import io.tapedeck.standalone.child.CannotStart;
import io.tapedeck.standalone.child.Child;
import io.tapedeck.standalone.neighbour.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The launcher: what `./tapedeck` runs once everything is built.
public final class Main {

    private static final int BAD_START = 1;
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(30);

    private Main() {}

    /// Runs until it is told to end. Exit code 0 after a stop, 1 when it could not start.
    public static void main(String[] arguments) throws InterruptedException {
        // Netty's shortcut through memory is deprecated, and the JVM warns of it on the terminal.
        System.setProperty("io.netty.noUnsafe", "true");
        try {
            var installation = Installation.find();
            var options = Options.parse(List.of(arguments), installation.root().resolve("data"));
            if (options.help()) {
                System.out.print(Options.helpText());
                return;
            }
            run(options, installation);
        } catch (CannotStart e) {
            System.err.println("tapedeck: " + e.getMessage());
            System.exit(BAD_START);
        }
    }

    private static void run(Options options, Installation installation)
            throws InterruptedException {
        var narrator = new Narrator(System.out, "1".equals(System.getenv("TAPEDECK_TERMINAL")));
        var standalone = Standalone.in(options, installation, narrator, Clock.systemUTC());
        var stop = new Thread(() -> stop(standalone, narrator), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            standalone.start();
        } catch (CannotStart e) {
            if (isStopping(stop)) { // the person gave up before we did
                stop.join();
                return;
            }
            narrator.forgetAwaited();
            closeQuietly(standalone);
            throw e;
        }
        welcome(standalone, options, narrator);
        keepHouse(standalone, narrator);
    }

    /// For ever.
    private static void keepHouse(Standalone standalone, Narrator narrator)
            throws InterruptedException {
        Thread.ofPlatform().daemon().name("prepare-next-start").start(standalone::prepareNextStart);
        boolean wasTold = false;
        while (!Thread.interrupted()) {
            Thread.sleep(HOUSEKEEPING);
            standalone.children().forEach(Child::tidyLog);
            boolean isNearlyFull = standalone.data().isNearlyFull();
            if (isNearlyFull && !wasTold) {
                narrator.say("  the disk of %s is nearly full".formatted(standalone.data().path()));
            }
            wasTold = isNearlyFull;
        }
    }

    private static void welcome(Standalone standalone, Options options, Narrator narrator) {
        Path data = standalone.data().path();
        narrator.say("");
        narrator.say(
                "Tapedeck is ready after %s: %s"
                        .formatted(Narrator.seconds(standalone.sinceStart()), standalone.url()));
        narrator.say("  data       " + data);
        narrator.say("  logs       " + data.resolve("logs"));
        narrator.say(
                "  owner key  %s%s"
                        .formatted(
                                standalone.secrets().file(Standalone.OWNER_KEY),
                                options.requireKey()
                                        ? " (sign in with it)"
                                        : options.host().startsWith("127.")
                                                ? " (not needed in a browser on this machine)"
                                                : " (others sign in with it)"));
        narrator.say("Ctrl-C stops it.");
    }

    private static boolean isStopping(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static void closeQuietly(Standalone standalone) {
        try {
            standalone.close();
        } catch (IOException e) {
            // The reason for ending is told already.
        }
    }

    private static void stop(Standalone standalone, Narrator narrator) {
        long from = System.nanoTime();
        narrator.forgetAwaited();
        narrator.say("Stopping …");
        try {
            standalone.close();
        } catch (IOException e) {
            narrator.say("  " + e.getMessage());
        }
        narrator.say(
                "Stopped after %s."
                        .formatted(Narrator.seconds(Duration.ofNanos(System.nanoTime() - from))));
    }
}
