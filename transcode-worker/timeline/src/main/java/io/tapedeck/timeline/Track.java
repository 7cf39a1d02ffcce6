package io.tapedeck.timeline;

/// A track that the engine uses: at most one with pictures and one with sound per run.
public sealed interface Track {

    /// Number of the track in its container.
    int number();

    /// @param widthPixels as the header says; frames may differ after a resize
    /// @param codecPrivate the codec's own header, often empty; H.264 with one (`avcC`) has
    ///   length-prefixed NAL units, without one it is Annex B with parameter sets in-band
    record Video(
            int number, VideoCodec codec, int widthPixels, int heightPixels, byte[] codecPrivate)
            implements Track {

        public Video(int number, VideoCodec codec, int widthPixels, int heightPixels) {
            this(number, codec, widthPixels, heightPixels, new byte[0]);
        }
    }

    /// @param codecPrivate Opus: an OpusHead (RFC 7845 section 5.1) whose pre-skip is zero whatever
    ///   the container said, because [Frame.Sound#firstSample] already accounts for it. AAC: an
    ///   AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1). Never empty
    /// @param sampleRateHertz at which packets count their samples; at most 48000
    /// @param preSkipSamples the decoder's first 48 kHz samples that are before the beginning of
    ///   the sound. The run's first packet then starts that much early, maybe before 0
    record Audio(
            int number,
            AudioCodec codec,
            int channels,
            byte[] codecPrivate,
            int sampleRateHertz,
            int preSkipSamples)
            implements Track {

        /// Opus.
        public Audio(int number, AudioCodec codec, int channels, byte[] codecPrivate, int preSkip) {
            this(number, codec, channels, codecPrivate, 48_000, preSkip);
        }

        public Audio(int number, AudioCodec codec, int channels, byte[] codecPrivate) {
            this(number, codec, channels, codecPrivate, 0);
        }
    }

    /// Codecs of pictures that can be rendered.
    enum VideoCodec {
        VP8,
        VP9,
        AV1,
        H264
    }

    /// Codecs of sound that can be rendered.
    enum AudioCodec {
        OPUS,
        /// Low complexity, 1024 samples a packet.
        AAC
    }
}
