package io.tapedeck.timeline.clock;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.codec.AudioSpecificConfig;

/// How a track's packets count their samples, and what silence looks like in them. Samples are the
/// track's own, at its own rate, because packets of 44.1 kHz are no whole number of 48 kHz samples;
/// the timeline is told in the latter.
///
/// @param sampleRateHertz at most 48000, so that each own sample is another 48 kHz sample
/// @param packetSamples of every packet; 0 where each packet says it
/// @param silence a packet of silence
/// @param silenceSamples how long that is
public record SoundCoding(
        int sampleRateHertz, int packetSamples, byte[] silence, int silenceSamples) {

    private static final int TIMELINE_HERTZ = 48_000;

    /// What ffmpeg's encoder makes of nothing, less the name it writes into the first packet.
    private static final byte[] AAC_SILENCE_MONO = {
        (byte) 0x01, (byte) 0x18, (byte) 0x20, (byte) 0x07
    };

    private static final byte[] AAC_SILENCE_STEREO = {
        (byte) 0x21, (byte) 0x10, (byte) 0x04, (byte) 0x60, (byte) 0x8C, (byte) 0x1C
    };

    /// For a run without sound.
    public static final SoundCoding NONE = opus(1);

    public static SoundCoding of(Track.Audio track) {
        return switch (track.codec()) {
            case OPUS -> opus(track.channels());
            case AAC ->
                    new SoundCoding(
                            track.sampleRateHertz(),
                            AudioSpecificConfig.SAMPLES_PER_PACKET,
                            track.channels() == 1 ? AAC_SILENCE_MONO : AAC_SILENCE_STEREO,
                            AudioSpecificConfig.SAMPLES_PER_PACKET);
        };
    }

    private static SoundCoding opus(int channels) {
        return new SoundCoding(
                TIMELINE_HERTZ, 0, OpusPacket.silence(channels), OpusPacket.SILENCE_SAMPLES);
    }

    /// How many samples a packet decodes to; 0 when it is no valid packet.
    ///
    /// @param head the packet or its first two bytes
    public int samples(byte[] head) {
        return packetSamples == 0 ? OpusPacket.samples(head) : packetSamples;
    }

    /// The first own sample that does not begin before `ticks`.
    public long samplesCeil(long ticks) {
        return Math.ceilDiv(Math.multiplyExact(ticks, (long) sampleRateHertz), Ticks.PER_SECOND);
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
