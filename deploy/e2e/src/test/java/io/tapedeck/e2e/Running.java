package io.tapedeck.e2e;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// One Tapedeck with two workers for all end-to-end tests of a run, started for the first and
/// stopped after the last. Its data stays under `target/` for a look afterwards.
final class Running implements BeforeAllCallback {

    static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    static final Path CORPUS = REPOSITORY.resolve("deploy/corpus");

    /// Two rungs show what five do, in less time.
    private static final Map<String, String> SHORT_LADDER =
            Map.of("TAPEDECK_WORKER_LADDER", "720,240");

    private static final Namespace NAMESPACE = Namespace.create(Running.class);
    private static @Nullable TapedeckInstance instance;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent("instance", key -> new Stop(start()), Stop.class);
    }

    static TapedeckInstance instance() {
        return Objects.requireNonNull(instance, "use @ExtendWith(Running.class)");
    }

    static URI url() {
        return instance().url();
    }

    private static TapedeckInstance start() {
        try {
            Path data =
                    Files.createTempDirectory(Files.createDirectories(Path.of("target")), "data");
            instance = TapedeckInstance.start(REPOSITORY, data.toAbsolutePath(), 2, SHORT_LADDER);
            return instance;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Closed by JUnit with its root store.
    private record Stop(TapedeckInstance instance) implements AutoCloseable {
        @Override
        public void close() {
            instance.close();
        }
    }
}
