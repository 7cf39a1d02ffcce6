package io.tapedeck.timeline;

/// Containers that are known, but can only be read once all of it is there.
public enum ForeignContainer {
    /// Ogg (RFC 3533): its pages have no order that one could begin to read in.
    OGG("an Ogg file"),
    /// MP4 or QuickTime whose index is in one piece, in front of the data or behind it.
    MP4("an MP4 or QuickTime file"),
    /// Matroska or WebM with frames that cannot be counted as they come.
    MATROSKA("a Matroska file"),
    AVI("an AVI file"),
    /// MPEG transport stream (ISO/IEC 13818-1), in packets of 188 bytes or of 192 as cameras and
    /// discs have it.
    MPEG_TS("an MPEG transport stream"),
    /// MPEG program stream, as of DVDs.
    MPEG_PS("an MPEG program stream"),
    /// MPEG sound of layer II or III, with tags or without.
    MP3("an MP3 file"),
    /// RIFF, RF64 or BW64 with sound.
    WAV("a WAV file"),
    /// Sony's WAV with long sizes.
    W64("a Wave64 file"),
    FLAC("a FLAC file"),
    /// AAC in ADTS, with tags or without.
    AAC("an AAC file"),
    AIFF("an AIFF file"),
    /// Apple's Core Audio Format.
    CAF("a CAF file"),
    /// Sun's and NeXT's sound.
    AU("an AU file"),
    /// Voice memos of old phones.
    AMR("an AMR file"),
    FLV("an FLV file"),
    /// Windows Media.
    ASF("a Windows Media file");

    private final String title;

    ForeignContainer(String title) {
        this.title = title;
    }

    /// For people, with its article.
    public String title() {
        return title;
    }
}
