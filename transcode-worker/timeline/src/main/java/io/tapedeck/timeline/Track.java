package io.tapedeck.timeline;

/// A track that the engine uses: at most one with pictures and one with sound per run.
public sealed interface Track {

    /// Number of the track in its container.
    int number();

    /// @param widthPixels as the header says; frames may differ after a resize
    /// @param codecPrivate the codec's own header, often empty; H.264 with one (`avcC`) has
    ///   length-prefixed NAL units, without one it is Annex B with parameter sets in-band; H.265
    ///   always has one (`hvcC`)
    /// @param display how they are to be shown
    record Video(
            int number,
            VideoCodec codec,
            int widthPixels,
            int heightPixels,
            byte[] codecPrivate,
            Display display)
            implements Track {

        public Video(
                int number,
                VideoCodec codec,
                int widthPixels,
                int heightPixels,
                byte[] codecPrivate) {
            this(number, codec, widthPixels, heightPixels, codecPrivate, Display.PLAIN);
        }

        public Video(int number, VideoCodec codec, int widthPixels, int heightPixels) {
            this(number, codec, widthPixels, heightPixels, new byte[0]);
        }

        /// As they are to be seen: turned, and in square pixels.
        public int shownWidthPixels() {
            return display.isTurned() ? heightPixels : display.squareWidth(widthPixels);
        }

        /// See [#shownWidthPixels].
        public int shownHeightPixels() {
            return display.isTurned() ? display.squareWidth(widthPixels) : heightPixels;
        }
    }

    /// @param codecPrivate Opus: an OpusHead (RFC 7845 section 5.1) whose pre-skip is zero whatever
    ///   the container said, because [Frame.Sound#firstSample] already accounts for it. AAC: an
    ///   AudioSpecificConfig (ISO/IEC 14496-3 section 1.6.2.1). FLAC: the body of STREAMINFO (RFC
    ///   9639 section 8.2). ALAC: its magic cookie. Empty for others
    /// @param sampleRateHertz at which packets count their samples; at most 48000
    /// @param preSkipSamples the decoder's first own samples that are before the beginning of the
    ///   sound. The run's first packet then starts that much early, maybe before 0
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
        H264,
        HEVC,
        /// Motion JPEG: each picture stands alone.
        MJPEG
    }

    /// Codecs of sound that can be rendered.
    enum AudioCodec {
        OPUS(2, 0),
        /// Low complexity, 1024 samples a packet.
        AAC(0, 0),
        MP3(2, 0),
        MP2(2, 0),
        AC3(6, 0),
        EAC3(6, 0),
        FLAC(16, 0),
        ALAC(0, 0),
        PCM_U8(0, 1),
        PCM_S16LE(0, 2),
        PCM_S16BE(0, 2),
        PCM_S24LE(0, 3),
        PCM_S24BE(0, 3),
        PCM_S32LE(0, 4),
        PCM_S32BE(0, 4),
        PCM_F32LE(0, 4),
        PCM_F64LE(0, 8);

        private final int headBytes;
        private final int sampleBytes;

        AudioCodec(int headBytes, int sampleBytes) {
            this.headBytes = headBytes;
            this.sampleBytes = sampleBytes;
        }

        /// How much of a packet tells how long it is.
        public int headBytes() {
            return headBytes;
        }

        /// Of one sample of one channel; 0 where sound is compressed.
        public int sampleBytes() {
            return sampleBytes;
        }
    }
}
