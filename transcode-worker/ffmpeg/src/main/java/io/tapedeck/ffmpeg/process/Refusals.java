package io.tapedeck.ffmpeg.process;

import java.util.List;

/// Tells from ffmpeg's messages whether its input is to blame, and would be next time.
final class Refusals {

    private static final List<String> SIGNS =
            List.of(
                    "Invalid data found when processing input",
                    "EBML header parsing failed",
                    "not in allowed list",
                    "not on whitelist",
                    "Could not find codec parameters",
                    "does not contain any stream",
                    "matches no streams",
                    "moov atom not found");

    private Refusals() {}

    static boolean isRefusal(String messages) {
        return SIGNS.stream().anyMatch(messages::contains);
    }
}
