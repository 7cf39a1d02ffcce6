package io.tapedeck.standalone.child;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;

/// Runs another program's main class in this JVM for as long as the launcher lives.
///
/// The launcher holds the other end of this process's standard input. When the pipe closes, because
/// the launcher asks for it or because it was killed, the JVM exits with its shutdown hooks run.
/// Nothing else has to be agreed with the program, so the service jars stay unchanged.
public final class Tether {

    private Tether() {}

    /// @param arguments the main class, then its arguments
    public static void main(String[] arguments) throws Throwable {
        Thread.ofPlatform().daemon().name("tether").start(Tether::exitWithTheLauncher);
        var main = Class.forName(arguments[0]);
        MethodHandles.publicLookup()
                .findStatic(main, "main", MethodType.methodType(void.class, String[].class))
                .invokeExact(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    /// Where this class was loaded from, for the class path of a tethered child.
    static Path classPathEntry() {
        var location = Tether.class.getProtectionDomain().getCodeSource().getLocation();
        // A URL writes a space in a path as %20.
        return Path.of(URI.create(location.toString()));
    }

    private static void exitWithTheLauncher() {
        try {
            while (System.in.read() >= 0) {
                // The launcher sends nothing; only the end counts.
            }
        } catch (IOException endOfPipe) {
            // The same as its end.
        }
        System.exit(0);
    }
}
