package io.tapedeck.ffmpeg.matroska;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.codec.AudioSpecificConfig;
import io.tapedeck.timeline.codec.FlacInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Writes frames as a small Matroska stream (RFC 9559) for ffmpeg to read from a pipe.
///
/// It is the sanitiser: whatever container a client sent, ffmpeg sees only this one, with at most
/// two tracks and only elements made here. Alpha, tags, seek heads, encodings and codec headers of
/// the client never get in.
///
/// Timestamps count nanoseconds, so that each of 1/90000 s comes out of ffmpeg's arithmetic as the
/// tick it was. That leaves 32 µs to a block's own 16-bit offset; so each frame has its own
/// cluster. The declared frame rate is always the same, because ffmpeg would guess another one for
/// every window. Opus gets a header without pre-skip: ffmpeg would drop these samples at the start
/// of each window, and places are counted from the first decoded sample here.
public final class MatroskaWriter {

    /// What the header says about pictures per second, whatever they do.
    public static final int NOMINAL_FRAME_RATE = 30;

    private static final int VIDEO_TRACK = 1;
    private static final int AUDIO_TRACK = 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final OutputStream out;

    /// Writes the header.
    ///
    /// @param video codec name and size of the track with pictures, if there is one
    /// @param audio the track with sound, if there is one
    public MatroskaWriter(OutputStream out, Optional<Pictures> video, Optional<Track.Audio> audio)
            throws IOException {
        this.out = out;
        new Ebml()
                .master(
                        Ebml.EBML,
                        new Ebml()
                                .unsigned(0x4286, 1)
                                .unsigned(0x42F7, 1)
                                .unsigned(0x42F2, 4)
                                .unsigned(0x42F3, 8)
                                .text(0x4282, "matroska")
                                .unsigned(0x4287, 4)
                                .unsigned(0x4285, 2))
                .unknownSize(Ebml.SEGMENT)
                .master(
                        Ebml.INFO,
                        new Ebml()
                                .unsigned(0x2AD7B1, 1)
                                .text(0x4D80, "Tapedeck")
                                .text(0x5741, "Tapedeck"))
                .master(Ebml.TRACKS, tracks(video, audio))
                .writeTo(out);
    }

    /// The track with pictures.
    ///
    /// @param codecId Matroska's name of the codec
    public record Pictures(String codecId, int widthPixels, int heightPixels) {

        /// Pictures as they are, planes of Y, U and V one after the other.
        public static Pictures raw(int widthPixels, int heightPixels) {
            return new Pictures("V_UNCOMPRESSED", widthPixels, heightPixels);
        }

        public static Pictures of(Track.Video track) {
            return new Pictures(
                    switch (track.codec()) {
                        case VP8 -> "V_VP8";
                        case VP9 -> "V_VP9";
                        case AV1 -> "V_AV1";
                        // Annex B with parameter sets in-band: no CodecPrivate, which is how
                        // ffmpeg tells it from length-prefixed.
                        case H264 -> "V_MPEG4/ISO/AVC";
                        case HEVC -> "V_MPEGH/ISO/HEVC";
                        case MJPEG -> "V_MJPEG";
                    },
                    Math.max(track.widthPixels(), 1),
                    Math.max(track.heightPixels(), 1));
        }
    }

    public void picture(long ticks, boolean keyframe, byte[] payload) throws IOException {
        cluster(VIDEO_TRACK, nanos(ticks, Ticks.PER_SECOND), keyframe, payload);
    }

    public void sound(long firstSample48k, byte[] payload) throws IOException {
        cluster(AUDIO_TRACK, nanos(firstSample48k, 48_000), true, payload);
    }

    private void cluster(int track, long nanos, boolean keyframe, byte[] payload)
            throws IOException {
        new Ebml()
                .master(
                        Ebml.CLUSTER,
                        new Ebml().unsigned(0xE7, nanos).block(track, keyframe ? 0x80 : 0, payload))
                .writeTo(out);
    }

    /// Rounded to the nearest nanosecond, in whole seconds and the rest so that nothing overflows.
    private static long nanos(long count, long perSecond) {
        long seconds = Math.floorDiv(count, perSecond);
        long rest = Math.floorMod(count, perSecond);
        return Math.addExact(
                Math.multiplyExact(seconds, NANOS_PER_SECOND),
                (rest * NANOS_PER_SECOND + perSecond / 2) / perSecond);
    }

    private static Ebml tracks(Optional<Pictures> video, Optional<Track.Audio> audio) {
        var tracks = new Ebml();
        video.ifPresent(pictures -> tracks.master(0xAE, videoTrack(pictures)));
        audio.ifPresent(sound -> tracks.master(0xAE, audioTrack(sound)));
        return tracks;
    }

    private static Ebml videoTrack(Pictures pictures) {
        var settings =
                new Ebml()
                        .unsigned(0xB0, pictures.widthPixels())
                        .unsigned(0xBA, pictures.heightPixels());
        if (pictures.codecId().equals("V_UNCOMPRESSED")) {
            settings.bytes(0x2EB524, new byte[] {'I', '4', '2', '0'});
        }
        return track(VIDEO_TRACK, 1, pictures.codecId())
                .unsigned(0x23E383, NANOS_PER_SECOND / NOMINAL_FRAME_RATE)
                .master(0xE0, settings);
    }

    private static Ebml audioTrack(Track.Audio sound) {
        return switch (sound.codec()) {
            case OPUS -> {
                byte[] head = OpusHead.of(sound);
                yield withSound(header("A_OPUS", head), 48_000, head[9]);
            }
            case AAC -> {
                var config = new AudioSpecificConfig(sound.sampleRateHertz(), sound.channels());
                yield withSound(header("A_AAC", config.toByteArray()), sound);
            }
            case FLAC ->
                    withSound(header("A_FLAC", FlacInfo.withMagic(sound.codecPrivate())), sound);
            case ALAC -> withSound(header("A_ALAC", sound.codecPrivate()), sound);
            case MP3 -> withSound(track(AUDIO_TRACK, 2, "A_MPEG/L3"), sound);
            case MP2 -> withSound(track(AUDIO_TRACK, 2, "A_MPEG/L2"), sound);
            case AC3 -> withSound(track(AUDIO_TRACK, 2, "A_AC3"), sound);
            case EAC3 -> withSound(track(AUDIO_TRACK, 2, "A_EAC3"), sound);
            case PCM_U8, PCM_S16LE, PCM_S24LE, PCM_S32LE -> plain("A_PCM/INT/LIT", sound);
            case PCM_S16BE, PCM_S24BE, PCM_S32BE -> plain("A_PCM/INT/BIG", sound);
            case PCM_F32LE, PCM_F64LE -> plain("A_PCM/FLOAT/IEEE", sound);
        };
    }

    private static Ebml header(String codecId, byte[] header) {
        return track(AUDIO_TRACK, 2, codecId).bytes(0x63A2, header);
    }

    private static Ebml plain(String codecId, Track.Audio sound) {
        return track(AUDIO_TRACK, 2, codecId)
                .master(
                        0xE1,
                        settings(sound.sampleRateHertz(), sound.channels())
                                .unsigned(0x6264, sound.codec().sampleBytes() * 8L));
    }

    private static Ebml withSound(Ebml track, Track.Audio sound) {
        return withSound(track, sound.sampleRateHertz(), sound.channels());
    }

    private static Ebml withSound(Ebml track, int hertz, int channels) {
        return track.master(0xE1, settings(hertz, channels));
    }

    private static Ebml settings(int hertz, int channels) {
        return new Ebml().decimal(0xB5, hertz).unsigned(0x9F, channels);
    }

    private static Ebml track(int number, int type, String codecId) {
        return new Ebml()
                .unsigned(0xD7, number)
                .unsigned(0x73C5, number)
                .unsigned(0x83, type)
                .unsigned(0x9C, 0)
                .text(0x86, codecId);
    }
}
