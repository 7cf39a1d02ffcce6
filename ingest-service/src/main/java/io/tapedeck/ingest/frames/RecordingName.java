package io.tapedeck.ingest.frames;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Names files by who sent them and when: `{client}_{timestamp}`, of letters, digits, dots, dashes
/// and underscores only, whatever the client calls itself.
final class RecordingName {

    private static final int LONGEST_CLIENT = 80;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private RecordingName() {}

    /// @param clientId as it says
    /// @param twin how many recordings have that client and second already
    static String of(String clientId, Instant begun, int twin) {
        String name = safe(clientId) + "_" + TIMESTAMP.format(begun);
        return twin == 0 ? name : name + "-" + (twin + 1);
    }

    /// The name that a person or client means, with or without what files have behind it.
    static String meant(String file) {
        return file.replaceFirst("\\.(wav|mp4)$", "");
    }

    private static String safe(String clientId) {
        String clean =
                clientId.replaceAll("[^A-Za-z0-9._-]+", "-")
                        // No hidden files, no options, and nothing that climbs.
                        .replaceAll("\\.{2,}", ".")
                        .replaceAll("^[._-]+|[._-]+$", "");
        String cut = clean.substring(0, Math.min(clean.length(), LONGEST_CLIENT));
        return cut.isEmpty() ? "client" : cut;
    }
}
