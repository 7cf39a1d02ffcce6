package io.tapedeck.timeline.webm;

import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Track.AudioCodec;
import io.tapedeck.timeline.codec.AlacCookie;
import io.tapedeck.timeline.codec.AudioSpecificConfig;
import io.tapedeck.timeline.codec.FlacInfo;
import io.tapedeck.timeline.codec.OpusHead;
import io.tapedeck.timeline.codec.SampleRates;
import java.util.Optional;

/// Makes a track of sound of what the header says (Matroska's codec specifications, "Audio Codec
/// Mappings").
final class SoundTrack {

    private static final byte[] NO_HEADER = {};
    private static final int MOST_CHANNELS = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /// Longer than any encoder's.
    private static final long MAX_CODEC_DELAY_NANOS = NANOS_PER_SECOND;

    private SoundTrack() {}

    /// @return empty when it cannot be counted packet by packet
    static Optional<Track.Audio> of(TrackEntry entry) {
        if (entry.packing() != TrackEntry.Packing.PLAIN) {
            return Optional.empty();
        }
        return switch (entry.codecId()) {
            case "A_OPUS" -> opus(entry);
            case "A_AAC" ->
                    AudioSpecificConfig.read(entry.codecPrivate())
                            .flatMap(config ->
                                    track(
                                            entry,
                                            AudioCodec.AAC,
                                            config.sampleRateHertz(),
                                            config.channels(),
                                            config.toByteArray()));
            case "A_FLAC" ->
                    FlacInfo.read(entry.codecPrivate())
                            .flatMap(info ->
                                    track(
                                            entry,
                                            AudioCodec.FLAC,
                                            info.sampleRateHertz(),
                                            info.channels(),
                                            info.bytes()));
            case "A_ALAC" ->
                    AlacCookie.read(entry.codecPrivate())
                            .flatMap(cookie ->
                                    track(
                                            entry,
                                            AudioCodec.ALAC,
                                            cookie.sampleRateHertz(),
                                            cookie.channels(),
                                            cookie.bytes()));
            case "A_MPEG/L3" -> plain(entry, AudioCodec.MP3);
            case "A_MPEG/L2" -> plain(entry, AudioCodec.MP2);
            case "A_AC3" -> plain(entry, AudioCodec.AC3);
            case "A_EAC3" -> plain(entry, AudioCodec.EAC3);
            default -> pcm(entry).flatMap(codec -> plain(entry, codec));
        };
    }

    private static Optional<AudioCodec> pcm(TrackEntry entry) {
        return switch (entry.codecId() + "/" + entry.sound().bits()) {
            case "A_PCM/INT/LIT/8", "A_PCM/INT/BIG/8" -> Optional.of(AudioCodec.PCM_U8);
            case "A_PCM/INT/LIT/16" -> Optional.of(AudioCodec.PCM_S16LE);
            case "A_PCM/INT/LIT/24" -> Optional.of(AudioCodec.PCM_S24LE);
            case "A_PCM/INT/LIT/32" -> Optional.of(AudioCodec.PCM_S32LE);
            case "A_PCM/INT/BIG/16" -> Optional.of(AudioCodec.PCM_S16BE);
            case "A_PCM/INT/BIG/24" -> Optional.of(AudioCodec.PCM_S24BE);
            case "A_PCM/INT/BIG/32" -> Optional.of(AudioCodec.PCM_S32BE);
            case "A_PCM/FLOAT/IEEE/32" -> Optional.of(AudioCodec.PCM_F32LE);
            case "A_PCM/FLOAT/IEEE/64" -> Optional.of(AudioCodec.PCM_F64LE);
            default -> Optional.empty();
        };
    }

    private static Optional<Track.Audio> opus(TrackEntry entry) {
        OpusHead head =
                OpusHead.read(entry.codecPrivate())
                        .orElseGet(() ->
                                OpusHead.plain(
                                        (int) Math.min(entry.sound().channels(), 255),
                                        delaySamples(entry, 48_000)));
        return head.isMonoOrStereo()
                ? Optional.of(
                        new Track.Audio(
                                entry.number(),
                                AudioCodec.OPUS,
                                head.channels(),
                                head.withoutPreSkip(),
                                head.preSkipSamples()))
                : Optional.empty();
    }

    private static Optional<Track.Audio> plain(TrackEntry entry, AudioCodec codec) {
        TrackEntry.Sound sound = entry.sound();
        return track(
                entry,
                codec,
                sound.hertz(),
                (int) Math.min(sound.channels(), Integer.MAX_VALUE),
                NO_HEADER);
    }

    private static Optional<Track.Audio> track(
            TrackEntry entry, AudioCodec codec, double hertz, int channels, byte[] header) {
        if (!SampleRates.isCounted(hertz) || channels < 1 || channels > MOST_CHANNELS) {
            return Optional.empty();
        }
        int rate = (int) hertz;
        return Optional.of(
                new Track.Audio(
                        entry.number(), codec, channels, header, rate, delaySamples(entry, rate)));
    }

    private static int delaySamples(TrackEntry entry, int hertz) {
        long delayNanos = Math.min(entry.codecDelayNanos(), MAX_CODEC_DELAY_NANOS);
        return (int) (delayNanos * hertz / NANOS_PER_SECOND);
    }
}
