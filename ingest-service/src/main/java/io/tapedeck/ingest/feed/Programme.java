package io.tapedeck.ingest.feed;

import java.io.IOException;

/// What a transport stream carries.
///
/// @param picturesPid of the packets with pictures; -1 without any
/// @param hevc whether they are H.265, not H.264
/// @param copiesSound whether its sound fits into MP4 as it is
record Programme(int picturesPid, boolean hevc, boolean copiesSound) {

    private static final int H264_PARAMETERS = 7;
    private static final int HEVC_PARAMETERS = 32;

    boolean hasPictures() {
        return picturesPid >= 0;
    }

    /// Whether a packet has what decoding can begin with (ITU-T H.264 §7.4.1, H.265 §7.4.2).
    boolean hasParameterSet(byte[] packet, int from) {
        for (int at = from; at + 3 < packet.length; at++) {
            if (packet[at] == 0 && packet[at + 1] == 0 && packet[at + 2] == 1) {
                int type = hevc ? packet[at + 3] >> 1 & 0x3F : packet[at + 3] & 0x1F;
                if (type == (hevc ? HEVC_PARAMETERS : H264_PARAMETERS)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Gathers streams as the table lists them.
    static final class Builder {

        private int picturesPid = -1;
        private boolean hevc;
        private boolean copiesSound = true;
        private int unknownPictures;

        /// @param type `stream_type`, ISO/IEC 13818-1 table 2-34
        void add(int type, int pid) {
            switch (type) {
                case 0x1B, 0x24 -> {
                    if (picturesPid < 0) {
                        picturesPid = pid;
                        hevc = type == 0x24;
                    }
                }
                case 0x0F -> {}
                case 0x01, 0x02, 0x10, 0xEA -> unknownPictures = type;
                // Some are sound, and MP4 or those who read it may not have it.
                default -> copiesSound = false;
            }
        }

        Programme build() throws IOException {
            if (picturesPid < 0 && unknownPictures != 0) {
                throw FeedProblem.NOT_UNDERSTOOD.whileReading(
                        "The camera's pictures are neither H.264 nor H.265. Choose H.264 in its"
                                + " settings.");
            }
            return new Programme(picturesPid, hevc, copiesSound);
        }
    }
}
