package io.tapedeck.standalone;

import io.tapedeck.standalone.child.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/// What `./tapedeck` was asked for.
///
/// @param host to listen on
/// @param port 0 takes any free one
/// @param data where everything is kept
/// @param workers how many transcode-workers run
/// @param requireKey whether a browser on this machine needs the owner key too
/// @param help only explain
record Options(String host, int port, Path data, int workers, boolean requireKey, boolean help) {

    private static final int MOST_WORKERS = 64;

    /// What `--help` prints; the script prints the same file, before anything is built.
    static String helpText() {
        try (var text = Options.class.getResourceAsStream("help.txt")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param defaultData used when none is named
    /// @throws CannotStart with what is wrong with the arguments
    static Options parse(List<String> arguments, Path defaultData) {
        var options = new Options("127.0.0.1", 8080, defaultData, 1, false, false);
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private Options with(String argument, Iterator<String> rest) {
        int equals = argument.indexOf('=');
        var name = equals < 0 ? argument : argument.substring(0, equals);
        if (name.equals("--help") || name.equals("-h")) {
            return new Options(host, port, data, workers, requireKey, true);
        }
        if (argument.equals("--require-key")) {
            return new Options(host, port, data, workers, true, help);
        }
        if (!List.of("--host", "--port", "--data", "--workers").contains(name)) {
            throw new CannotStart("unknown option " + argument + ": see ./tapedeck --help");
        }
        if (equals < 0 && !rest.hasNext()) {
            throw new CannotStart(name + " needs a value: see ./tapedeck --help");
        }
        var value = equals < 0 ? rest.next() : argument.substring(equals + 1);
        return switch (name) {
            case "--host" -> new Options(value, port, data, workers, requireKey, help);
            case "--port" ->
                    new Options(
                            host, number(name, value, 0, 65_535), data, workers, requireKey, help);
            case "--data" -> new Options(host, port, Path.of(value), workers, requireKey, help);
            default ->
                    new Options(
                            host,
                            port,
                            data,
                            number(name, value, 1, MOST_WORKERS),
                            requireKey,
                            help);
        };
    }

    private static int number(String name, String value, int from, int to) {
        try {
            int number = Integer.parseInt(value);
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new CannotStart(
                "%s is a number from %d to %d, not \"%s\"".formatted(name, from, to, value));
    }
}
