package io.tapedeck.standalone.neighbour;

import io.tapedeck.standalone.child.CannotStart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the build put its results.
///
/// @param root the checkout
public record Installation(Path root) {

    /// The checkout that this class was built in: system property `tapedeck.home`, else the
    /// directories above this class's code, else those above the working directory.
    ///
    /// @throws CannotStart when none of them is one
    public static Installation find() {
        var configured = System.getProperty("tapedeck.home");
        if (configured != null) {
            return new Installation(Path.of(configured).toAbsolutePath());
        }
        var root = above(ownCode());
        if (root == null) {
            root = above(Path.of("").toAbsolutePath());
        }
        if (root == null) {
            throw new CannotStart("start it from its checkout with ./tapedeck");
        }
        return new Installation(root);
    }

    Path brokerLibraries() {
        return built(root.resolve("deploy/standalone/broker/target/lib"));
    }

    Path storeLibraries() {
        return built(root.resolve("deploy/standalone/store/target/lib"));
    }

    /// The archive whose name starts so.
    Path archive(String prefix) {
        var directory = built(root.resolve("deploy/standalone/target/archives"));
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new CannotStart("no " + prefix + "* in " + directory));
        } catch (IOException e) {
            throw new CannotStart("cannot read " + directory, e);
        }
    }

    /// The fast-jar of a service.
    public Path serviceJar(String service) {
        return built(root.resolve(service).resolve("target/quarkus-app/quarkus-run.jar"));
    }

    /// The built pages; may be missing.
    public Path pages() {
        return root.resolve("web-ui/dist");
    }

    private static Path built(Path path) {
        if (!Files.exists(path)) {
            throw new CannotStart(path + " is missing: start with ./tapedeck, which builds it");
        }
        return path;
    }

    private static @Nullable Path above(@Nullable Path start) {
        for (var path = start; path != null; path = path.getParent()) {
            if (Files.exists(path.resolve("deploy/standalone/pom.xml"))) {
                return path;
            }
        }
        return null;
    }

    private static @Nullable Path ownCode() {
        var source = Installation.class.getProtectionDomain().getCodeSource();
        try {
            return source == null ? null : Path.of(URI.create(source.getLocation().toString()));
        } catch (IllegalArgumentException e) {
            return null; // loaded from something that is no file
        }
    }
}
