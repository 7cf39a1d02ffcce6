package io.tapedeck.timeline.clock;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.codec.AlacCookie;
import io.tapedeck.timeline.codec.AudioSpecificConfig;

/// How a track's packets count their samples, and what silence looks like in them. Samples are the
/// track's own, at its own rate, because packets of 44.1 kHz are no whole number of 48 kHz samples;
/// the timeline is told in the latter.
///
/// @param sampleRateHertz at most 48000, so that each own sample is another 48 kHz sample
/// @param packetSamples of every packet; 0 where each packet says it
/// @param told how long a packet says it is
/// @param silence a packet of silence; empty where a hole has to stay one
/// @param silenceSamples how long that is; 1 where holes stay, so that they may have any length
public record SoundCoding(
        int sampleRateHertz,
        int packetSamples,
        PacketLength told,
        byte[] silence,
        int silenceSamples) {

    private static final int TIMELINE_HERTZ = 48_000;

    /// What ffmpeg's encoder makes of nothing, less the name it writes into the first packet.
    private static final byte[] AAC_SILENCE_MONO = {
        (byte) 0x01, (byte) 0x18, (byte) 0x20, (byte) 0x07
    };

    private static final byte[] AAC_SILENCE_STEREO = {
        (byte) 0x21, (byte) 0x10, (byte) 0x04, (byte) 0x60, (byte) 0x8C, (byte) 0x1C
    };

    private static final byte[] NO_PACKET = {};

    /// Of codecs whose packets are all of one length.
    private static final PacketLength UNSAID = (_, _) -> 0;

    /// For a run without sound.
    public static final SoundCoding NONE = opus(1);

    public static SoundCoding of(Track.Audio track) {
        return switch (track.codec()) {
            case OPUS -> opus(track.channels());
            case AAC -> aac(track);
            case MP3, MP2 -> holey(track, (head, _) -> MpegAudioPacket.samples(head));
            case AC3, EAC3 -> holey(track, (head, _) -> Ac3Packet.samples(head));
            case FLAC -> holey(track, (head, _) -> FlacPacket.samples(head));
            case ALAC -> holey(track, AlacCookie.packetSamples(track.codecPrivate()), UNSAID);
            case PCM_U8,
                    PCM_S16LE,
                    PCM_S16BE,
                    PCM_S24LE,
                    PCM_S24BE,
                    PCM_S32LE,
                    PCM_S32BE,
                    PCM_F32LE,
                    PCM_F64LE ->
                    holey(
                            track,
                            PacketLength.plain(track.codec().sampleBytes() * track.channels()));
        };
    }

    private static SoundCoding opus(int channels) {
        return new SoundCoding(
                TIMELINE_HERTZ,
                0,
                (head, _) -> OpusPacket.samples(head),
                OpusPacket.silence(channels),
                OpusPacket.SILENCE_SAMPLES);
    }

    private static SoundCoding aac(Track.Audio track) {
        return track.channels() > 2
                ? holey(track, AudioSpecificConfig.SAMPLES_PER_PACKET, UNSAID)
                : new SoundCoding(
                        track.sampleRateHertz(),
                        AudioSpecificConfig.SAMPLES_PER_PACKET,
                        UNSAID,
                        track.channels() == 1 ? AAC_SILENCE_MONO : AAC_SILENCE_STEREO,
                        AudioSpecificConfig.SAMPLES_PER_PACKET);
    }

    private static SoundCoding holey(Track.Audio track, PacketLength told) {
        return holey(track, 0, told);
    }

    private static SoundCoding holey(Track.Audio track, int packetSamples, PacketLength told) {
        return new SoundCoding(track.sampleRateHertz(), packetSamples, told, NO_PACKET, 1);
    }

    /// Whether holes are filled with packets. Else they are left for whoever decodes.
    public boolean hasSilence() {
        return silence.length > 0;
    }

    /// How many samples a packet decodes to; 0 when it is no valid packet.
    ///
    /// @param head the packet or its first bytes
    /// @param sizeBytes of all of it
    public int samples(byte[] head, int sizeBytes) {
        return packetSamples == 0 ? told.samples(head, sizeBytes) : packetSamples;
    }

    /// The first own sample that does not begin before `ticks`.
    public long samplesCeil(long ticks) {
        return Math.ceilDiv(Math.multiplyExact(ticks, (long) sampleRateHertz), Ticks.PER_SECOND);
    }

    /// How long own samples are, rounded down.
    public long toTicks(long samples) {
        return Math.floorDiv(Math.multiplyExact(samples, Ticks.PER_SECOND), (long) sampleRateHertz);
    }

    /// The 48 kHz sample in which an own one begins.
    public long to48k(long samples) {
        return Math.floorDiv(Math.multiplyExact(samples, TIMELINE_HERTZ), sampleRateHertz);
    }

    /// The last own sample that does not begin after a 48 kHz one.
    public long from48kFloor(long samples48k) {
        return Math.floorDiv(Math.multiplyExact(samples48k, sampleRateHertz), TIMELINE_HERTZ);
    }

    /// The first own sample that does not begin before a 48 kHz one: [#to48k] undone.
    public long from48kCeil(long samples48k) {
        return Math.ceilDiv(Math.multiplyExact(samples48k, sampleRateHertz), (long) TIMELINE_HERTZ);
    }

    /// How many own samples lie between one and the next that begins just where a 48 kHz sample
    /// does.
    public long unevenSamples(long sample) {
        return Math.floorMod(-sample, (long) sampleRateHertz / gcd(sampleRateHertz));
    }

    private static int gcd(int hertz) {
        int divisor = TIMELINE_HERTZ;
        int rest = hertz;
        while (rest != 0) {
            int next = divisor % rest;
            divisor = rest;
            rest = next;
        }
        return divisor;
    }
}
