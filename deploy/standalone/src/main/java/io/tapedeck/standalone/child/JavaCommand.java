package io.tapedeck.standalone.child;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;

/// The argument list of a tethered JVM.
///
/// @param jvmOptions heap limits and the like
/// @param classPath directories with a trailing `/*`, jars
/// @param mainClass what {@link Tether} runs
/// @param arguments its arguments
public record JavaCommand(
        List<String> jvmOptions, List<String> classPath, String mainClass, List<String> arguments) {

    /// The program that `java -jar` would run, with the packages opened that its manifest asks for
    /// (without them Quarkus' threads die on their first task).
    ///
    /// @throws UncheckedIOException when the jar cannot be read
    public static JavaCommand ofJar(Path jar, List<String> jvmOptions) {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest().getMainAttributes();
            var options = new ArrayList<>(jvmOptions);
            var opened = Objects.requireNonNullElse(manifest.getValue("Add-Opens"), "");
            for (var name : opened.split(" ")) {
                if (!name.isBlank()) {
                    options.add("--add-opens=" + name + "=ALL-UNNAMED");
                }
            }
            return new JavaCommand(
                    options, List.of(jar.toString()), manifest.getValue("Main-Class"), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar, e);
        }
    }

    /// The JDK's own warnings about what libraries still do; nothing that a reader of the log can
    /// act upon.
    private static final List<String> QUIET =
            List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

    /// The same with what is right for every child: the collector that costs least at rest, an end
    /// rather than a limp when memory runs out.
    public static List<String> options(
            int leastHeapMebibytes, int mostHeapMebibytes, JitEffort effort, String... more) {
        var options =
                new ArrayList<>(
                        List.of(
                                "-Xms" + leastHeapMebibytes + "m",
                                "-Xmx" + mostHeapMebibytes + "m",
                                "-XX:+UseSerialGC",
                                // Gives heap back at rest.
                                "-XX:MinHeapFreeRatio=10",
                                "-XX:MaxHeapFreeRatio=30",
                                "-XX:+ExitOnOutOfMemoryError"));
        options.addAll(effort.options());
        options.addAll(List.of(more));
        return options;
    }

    /// The same with another option for the JVM.
    JavaCommand with(String jvmOption) {
        var options = new ArrayList<>(jvmOptions);
        options.add(jvmOption);
        return new JavaCommand(options, classPath, mainClass, arguments);
    }

    /// The list for {@link ProcessBuilder}.
    public List<String> toList() {
        var list = new ArrayList<>(Apart.PREFIX);
        list.add(javaExecutable());
        list.addAll(QUIET);
        list.addAll(jvmOptions);
        list.addAll(List.of("-cp", joined(), Tether.class.getName(), mainClass));
        list.addAll(arguments);
        return list;
    }

    /// The list that makes an archive of classes for this command, running nothing of it. What
    /// opens modules must be the same as in the run.
    List<String> dump(Path classList, Path archive) {
        var list = new ArrayList<>(List.of(javaExecutable()));
        list.addAll(QUIET);
        list.addAll(
                List.of(
                        "-Xshare:dump",
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:SharedClassListFile=" + classList,
                        "-XX:SharedArchiveFile=" + archive,
                        "-cp",
                        joined()));
        return list;
    }

    private String joined() {
        return Tether.classPathEntry()
                + File.pathSeparator
                + String.join(File.pathSeparator, classPath);
    }

    private static String javaExecutable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
