package io.tapedeck.standalone.child;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Tells one build of a program from another by the sizes and times of its files.
final class Fingerprint {

    private static final int LENGTH = 16;

    private Fingerprint() {}

    /// @return null when classes come from a directory: the JVM archives only those of jars
    static @Nullable String of(JavaCommand command) {
        if (Files.isDirectory(Tether.classPathEntry())) {
            return null;
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(digest, System.getProperty("java.vm.version"));
            add(digest, System.getProperty("java.home"));
            addFile(digest, Tether.classPathEntry());
            for (var entry : command.classPath()) {
                // A service's jar stands beside the directories of what it loads.
                addTree(digest, Path.of(entry.replaceAll("/[^/]*$", "")));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
        } catch (IOException e) {
            return null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void addTree(MessageDigest digest, Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                addFile(digest, file);
            }
        }
    }

    private static void addFile(MessageDigest digest, Path file) throws IOException {
        add(digest, "%s %d %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + '\n').getBytes(StandardCharsets.UTF_8));
    }
}
