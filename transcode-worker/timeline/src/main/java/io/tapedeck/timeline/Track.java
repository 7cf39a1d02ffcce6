package io.tapedeck.timeline;

/// A track that the engine uses: at most one with pictures and one with sound per run.
public sealed interface Track {

    /// Number of the track in its container.
    int number();

    /// @param widthPixels as the header says; frames may differ after a resize
    record Video(int number, VideoCodec codec, int widthPixels, int heightPixels)
            implements Track {}

    /// @param codecPrivate the codec's own header (OpusHead), possibly empty
    record Audio(int number, AudioCodec codec, int channels, byte[] codecPrivate)
            implements Track {}

    /// Codecs of pictures that can be rendered.
    enum VideoCodec {
        VP8,
        VP9,
        AV1,
        H264
    }

    /// Codecs of sound that can be rendered.
    enum AudioCodec {
        OPUS
    }
}
