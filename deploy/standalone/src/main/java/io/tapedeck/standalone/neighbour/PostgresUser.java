package io.tapedeck.standalone.neighbour;

import io.tapedeck.standalone.child.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Who runs PostgreSQL, which refuses to be run by root.
///
/// @param prefix put before its programs
/// @param ownerId number of the user who must own its files, or -1 for the launcher's own
record PostgresUser(List<String> prefix, int ownerId) {

    private static final int NOBODY = 65_534;

    private static final PostgresUser OURSELVES = new PostgresUser(List.of(), -1);

    /// In a user namespace root is nobody, yet still the owner of its files.
    private static final PostgresUser NAMESPACE = new PostgresUser(List.of("unshare", "-U"), -1);

    /// Containers often allow no namespaces.
    private static final PostgresUser NOBODY_USER =
            new PostgresUser(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
                    NOBODY);

    /// @param data where the cluster is or will be
    /// @throws CannotStart when root has no way to be somebody else
    static PostgresUser find(Path data) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return OURSELVES;
        }
        if (works("unshare", "-U", "true")) {
            return NAMESPACE;
        }
        var parent = String.valueOf(data.toAbsolutePath().getParent());
        if (works("setpriv", "--reuid=" + NOBODY, "--clear-groups", "test", "-x", parent)) {
            return NOBODY_USER;
        }
        throw new CannotStart(
                "PostgreSQL does not run as root, and here root can neither make a user namespace"
                        + " nor let nobody into "
                        + parent
                        + ": start ./tapedeck as an ordinary user");
    }

    /// Below root's home only root may.
    boolean mayRun(Path program) {
        if (ownerId < 0) {
            return true;
        }
        var command = new ArrayList<>(prefix);
        command.addAll(List.of("test", "-x", program.toString()));
        return works(command.toArray(String[]::new));
    }

    void own(Path file) throws IOException {
        if (ownerId >= 0) {
            Files.setAttribute(file, "unix:uid", ownerId);
        }
    }

    private static boolean works(String... command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
