package io.tapedeck.playback;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/// Where a list, newest first, goes on: behind the row that was made at that moment and has that
/// id. Opaque to clients.
///
/// @param at in microseconds, which is what a row keeps
public record Cursor(Instant at, String id) {

    public Cursor {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /// As handed out.
    public String text() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((micros + ":" + id).getBytes(StandardCharsets.UTF_8));
    }

    /// As it comes back, empty when it is not one of ours.
    public static Optional<Cursor> parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int colon = plain.indexOf(':');
            if (colon < 1 || plain.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            long micros = Long.parseLong(plain, 0, colon, 10);
            if (micros < 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new Cursor(
                            Instant.EPOCH.plus(micros, ChronoUnit.MICROS),
                            plain.substring(colon + 1)));
        } catch (IllegalArgumentException | java.time.DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
