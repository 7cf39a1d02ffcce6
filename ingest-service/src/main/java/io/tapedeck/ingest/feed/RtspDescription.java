package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapedeck.ingest.camera.FeedException;
import java.util.Locale;

/// What a camera says that it streams (SDP, RFC 8866).
///
/// @param copiesSound whether its sound fits into MP4 as it is
record RtspDescription(boolean copiesSound) {

    /// @throws FeedException it has nothing that can be recorded
    static RtspDescription of(byte[] sdp) throws FeedException {
        String media = "";
        boolean any = false;
        boolean copiesSound = true;
        String pictures = "";
        for (String line : (Iterable<String>) new String(sdp, UTF_8).lines()::iterator) {
            if (line.startsWith("m=")) {
                media = line.substring(2).split(" ", 2)[0];
                any |= media.equals("video") || media.equals("audio");
                copiesSound &= !media.equals("audio") || !isFixed(line);
                if (media.equals("video") && pictures.isEmpty() && isFixed(line)) {
                    pictures = "old";
                }
            } else if (line.startsWith("a=rtpmap:")) {
                String codec = codec(line);
                if (media.equals("audio")) {
                    copiesSound &= codec.equals("MPEG4-GENERIC");
                } else if (media.equals("video") && pictures.isEmpty()) {
                    pictures = codec;
                }
            }
        }
        if (!any) {
            throw FeedProblem.NOT_UNDERSTOOD.because(
                    "The camera names neither pictures nor sound under that path.");
        }
        if (!pictures.isEmpty() && !pictures.equals("H264") && !pictures.equals("H265")) {
            throw FeedProblem.NOT_UNDERSTOOD.because(
                    "The camera's pictures are neither H.264 nor H.265. Choose H.264 in its"
                            + " settings.");
        }
        return new RtspDescription(copiesSound);
    }

    /// Whether its codec has a number of its own (RFC 3551 §6), as G.711 has, and maybe no name.
    private static boolean isFixed(String line) {
        String[] words = line.split(" ");
        return words.length > 3 && words[3].matches("[0-9]|[1-8][0-9]|9[0-5]");
    }

    /// Of `a=rtpmap:96 H264/90000`.
    private static String codec(String rtpmap) {
        String[] words = rtpmap.split(" ", 2);
        return words.length < 2 ? "" : words[1].split("/", 2)[0].strip().toUpperCase(Locale.ROOT);
    }
}
