package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.ForeignContainerException;
import java.util.Set;

/// Codecs that cannot be planned frame by frame, but are known well enough to be converted when all
/// of a file is there. By the types of their sample entries.
final class Convertible {

    private static final Set<String> PICTURES =
            Set.of(
                    "mp4v", "s263", "h263", "mjpa", "mjpb", "apch", "apcn", "apcs", "apco", "ap4h",
                    "ap4x", "AVdn", "dvc", "dvcp", "dv5p", "rle", "raw", "png", "cvid", "SVQ1",
                    "SVQ3", "mpg2", "m2v1", "xd54", "2vuy", "yuv2", "FFV1");

    private static final Set<String> SOUND =
            Set.of(
                    "mp4a", "Opus", "ac-3", "ec-3", "alac", "fLaC", ".mp3", "mp3", "twos", "sowt",
                    "lpcm", "ipcm", "fpcm", "in24", "in32", "fl32", "fl64", "raw", "ulaw", "alaw",
                    "ima4", "samr", "sawb", "dtsc", "mlpa", "QDM2");

    private Convertible() {}

    static boolean isPicture(int coding) {
        return PICTURES.contains(BoxType.text(coding));
    }

    static boolean isSound(int coding) {
        return SOUND.contains(BoxType.text(coding));
    }

    static ForeignContainerException later() {
        return new ForeignContainerException(
                ForeignContainer.MP4,
                "This MP4 file has pictures or sound that cannot be read as they come.");
    }
}
