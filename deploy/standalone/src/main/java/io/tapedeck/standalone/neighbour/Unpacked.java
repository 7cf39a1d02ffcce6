package io.tapedeck.standalone.neighbour;

import io.tapedeck.standalone.child.CannotStart;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Programs unpacked from the archives they come in, once per version, into a cache directory that
/// all runs share. Unpacked aside and renamed, because half a directory would never heal.
record Unpacked(Path cache) {

    /// Fills an empty directory.
    @FunctionalInterface
    private interface Filler {
        void fill(Path directory) throws IOException;
    }

    /// The cache in the user's home, or inside the data directory where there is no writable home.
    static Unpacked in(Path dataDirectory) {
        var configured = System.getenv("TAPEDECK_CACHE");
        var xdg = System.getenv("XDG_CACHE_HOME");
        var home = xdg == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        var preferred = configured == null ? home.resolve("tapedeck") : Path.of(configured);
        try {
            Files.createDirectories(preferred);
            if (Files.isWritable(preferred)) {
                return new Unpacked(preferred);
            }
        } catch (IOException noHome) {
            // Then beside the data.
        }
        return beside(dataDirectory);
    }

    /// The cache inside the data directory.
    static Unpacked beside(Path dataDirectory) {
        return new Unpacked(dataDirectory.resolve("cache"));
    }

    /// The content of a `.txz` inside a jar.
    Path tarball(Path jar) {
        return unpack(
                jar,
                directory -> {
                    try (var zip = new ZipFile(jar.toFile())) {
                        var entry =
                                zip.stream()
                                        .filter(it -> it.getName().endsWith(".txz"))
                                        .findFirst()
                                        .orElseThrow(() -> new IOException("no .txz in " + jar));
                        untar(zip.getInputStream(entry), directory);
                    }
                });
    }

    /// The files of a jar without their directories, executable.
    Path flat(Path jar) {
        return unpack(
                jar,
                directory -> {
                    try (var zip = new ZipFile(jar.toFile())) {
                        var programs =
                                zip.stream()
                                        .filter(it -> !it.isDirectory())
                                        .filter(it -> it.getName().startsWith("org/bytedeco/"))
                                        .filter(it -> !it.getName().contains("/libjni"))
                                        .toList();
                        for (var entry : programs) {
                            var target =
                                    directory.resolve(
                                            Path.of(entry.getName()).getFileName().toString());
                            Files.copy(zip.getInputStream(entry), target);
                            Files.setPosixFilePermissions(
                                    target, PosixFilePermissions.fromString("rwxr-xr-x"));
                        }
                    }
                });
    }

    private Path unpack(Path archive, Filler filler) {
        var name = archive.getFileName().toString().replaceAll("\\.jar$", "");
        var target = cache.resolve(name);
        if (Files.isDirectory(target)) {
            return target;
        }
        try {
            Files.createDirectories(cache);
            var aside = Files.createTempDirectory(cache, name + ".");
            // Readable for PostgreSQL's own user.
            Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
            try {
                filler.fill(aside);
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                delete(aside);
                if (!Files.isDirectory(target)) { // else another process was faster
                    throw e;
                }
            }
            return target;
        } catch (AccessDeniedException e) {
            throw new CannotStart("cannot write to the cache " + cache, e);
        } catch (IOException e) {
            throw new CannotStart("cannot unpack " + archive + ": " + e.getMessage(), e);
        }
    }

    private static void untar(InputStream compressed, Path directory) throws IOException {
        try (var tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(compressed)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(tar, entry, directory);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory)
            throws IOException {
        var target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
                target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
