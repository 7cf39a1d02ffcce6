package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.ForeignContainerException;
import java.util.List;

/// Codecs that cannot be planned frame by frame, but are known well enough to be converted when all
/// of a file is there.
final class Convertible {

    private static final List<String> PICTURES =
            List.of(
                    "V_MPEG1",
                    "V_MPEG2",
                    "V_MPEG4/",
                    "V_MPEGH/ISO/HEVC",
                    "V_MS/VFW/FOURCC",
                    "V_THEORA",
                    "V_PRORES",
                    "V_FFV1",
                    "V_UNCOMPRESSED",
                    "V_QUICKTIME",
                    "V_VP8",
                    "V_VP9",
                    "V_AV1",
                    "V_MJPEG");

    private static final List<String> SOUND =
            List.of(
                    "A_AAC",
                    "A_AC3",
                    "A_ALAC",
                    "A_DTS",
                    "A_EAC3",
                    "A_FLAC",
                    "A_MLP",
                    "A_MPEG/",
                    "A_MS/ACM",
                    "A_OPUS",
                    "A_PCM/",
                    "A_QUICKTIME",
                    "A_TRUEHD",
                    "A_TTA1",
                    "A_VORBIS",
                    "A_WAVPACK4");

    private Convertible() {}

    static boolean isPicture(TrackEntry entry) {
        return isOneOf(PICTURES, entry);
    }

    static boolean isSound(TrackEntry entry) {
        return isOneOf(SOUND, entry);
    }

    private static boolean isOneOf(List<String> codecs, TrackEntry entry) {
        return entry.packing() != TrackEntry.Packing.ENCRYPTED
                && codecs.stream().anyMatch(entry.codecId()::startsWith);
    }

    static ForeignContainerException later() {
        return new ForeignContainerException(
                ForeignContainer.MATROSKA,
                "This Matroska file has pictures or sound that cannot be read as they come.");
    }

    /// For people.
    static String printable(String codecId) {
        String safe = codecId.replaceAll("[^A-Za-z0-9_/.-]", "?");
        return safe.substring(0, Math.min(safe.length(), 40));
    }
}
