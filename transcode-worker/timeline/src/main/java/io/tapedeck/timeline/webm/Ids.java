package io.tapedeck.timeline.webm;

/// Element IDs (RFC 8794 section 11.2, RFC 9559 section 5.1), marker bits included.
final class Ids {

    static final int EBML = 0x1A45DFA3;
    static final int DOC_TYPE = 0x4282;
    static final int VOID = 0xEC;
    static final int CRC_32 = 0xBF;

    static final int SEGMENT = 0x18538067;
    static final int SEEK_HEAD = 0x114D9B74;
    static final int INFO = 0x1549A966;
    static final int TIMESTAMP_SCALE = 0x2AD7B1;
    static final int TRACKS = 0x1654AE6B;
    static final int CUES = 0x1C53BB6B;
    static final int CHAPTERS = 0x1043A770;
    static final int TAGS = 0x1254C367;
    static final int ATTACHMENTS = 0x1941A469;

    static final int TRACK_ENTRY = 0xAE;
    static final int TRACK_NUMBER = 0xD7;
    static final int TRACK_TYPE = 0x83;
    static final int CODEC_ID = 0x86;
    static final int CODEC_PRIVATE = 0x63A2;
    static final int CODEC_DELAY = 0x56AA;
    static final int CONTENT_ENCODINGS = 0x6D80;
    static final int CONTENT_ENCODING = 0x6240;
    static final int CONTENT_ENCODING_TYPE = 0x5033;
    static final int CONTENT_ENCRYPTION = 0x5035;
    static final int VIDEO = 0xE0;
    static final int PIXEL_WIDTH = 0xB0;
    static final int PIXEL_HEIGHT = 0xBA;
    static final int DISPLAY_WIDTH = 0x54B0;
    static final int DISPLAY_HEIGHT = 0x54BA;
    static final int DISPLAY_UNIT = 0x54B2;
    static final int FLAG_INTERLACED = 0x9A;
    static final int COLOUR = 0x55B0;
    static final int TRANSFER_CHARACTERISTICS = 0x55BA;
    static final int PROJECTION = 0x7670;
    static final int PROJECTION_POSE_ROLL = 0x7675;
    static final int AUDIO = 0xE1;
    static final int CHANNELS = 0x9F;
    static final int SAMPLING_FREQUENCY = 0xB5;
    static final int BIT_DEPTH = 0x6264;
    static final int FLAG_DEFAULT = 0x88;
    static final int FLAG_ENABLED = 0xB9;

    static final int CLUSTER = 0x1F43B675;
    static final int TIMESTAMP = 0xE7;
    static final int SIMPLE_BLOCK = 0xA3;
    static final int BLOCK_GROUP = 0xA0;
    static final int BLOCK = 0xA1;
    static final int REFERENCE_BLOCK = 0xFB;

    private Ids() {}

    /// Whether an element belongs right below the segment, so that it ends a cluster of unknown
    /// size.
    static boolean isSegmentChild(int id) {
        return switch (id) {
            case CLUSTER, SEEK_HEAD, INFO, TRACKS, CUES, CHAPTERS, TAGS, ATTACHMENTS -> true;
            default -> false;
        };
    }
}
