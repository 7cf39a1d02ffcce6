package io.tapedeck.standalone.neighbour;

import io.tapedeck.standalone.child.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// Random words that only this installation knows, each in a file that only its user may read. Made
/// when first asked for, kept from then on.
///
/// @param directory 0700
public record Secrets(Path directory) {

    private static final int BYTES = 24;

    public static Secrets in(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            return new Secrets(directory);
        } catch (IOException e) {
            throw new CannotStart("cannot write to " + directory, e);
        }
    }

    /// 32 URL-safe characters.
    public String get(String name) {
        var file = file(name);
        try {
            if (!Files.exists(file)) {
                write(name, random() + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CannotStart("cannot read or write the secret " + file, e);
        }
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /// A file that holds secrets and must not be readable by others at any moment.
    Path write(String name, String content) {
        var file = file(name);
        try {
            var aside = directory.resolve(name + ".new");
            writePrivate(aside, content);
            Files.move(aside, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException e) {
            throw new CannotStart("cannot write " + file, e);
        }
    }

    /// The same anywhere, not replaced whole.
    static void writePrivate(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
