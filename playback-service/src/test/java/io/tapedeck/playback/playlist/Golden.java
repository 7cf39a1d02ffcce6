package io.tapedeck.playback.playlist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Playlists as they must be, to the byte.
final class Golden {

    private Golden() {}

    static String golden(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        Golden.class.getResourceAsStream("/playlists/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
