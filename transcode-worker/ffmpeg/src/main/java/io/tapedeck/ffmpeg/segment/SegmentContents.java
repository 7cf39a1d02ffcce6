package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What is in a segment, measured by taking its bytes apart again.
///
/// All times are ticks of the session's timeline.
///
/// @param pictures coded pictures
/// @param wantedPictures how many ffmpeg was told to make: the source's own and those shown again
/// @param sourcePictures of the coded ones, those that are where one of the source's own is to be
/// @param soundFrames AAC frames of 1024 samples
/// @param firstSoundTicks when the first of them begins
/// @param codecs RFC 6381, pictures first, e.g. `avc1.64001f,mp4a.40.2`
public record SegmentContents(
        int pictures,
        int wantedPictures,
        int sourcePictures,
        OptionalLong firstPictureTicks,
        OptionalLong lastPictureTicks,
        int soundFrames,
        OptionalLong firstSoundTicks,
        String codecs) {

    static SegmentContents measure(byte[] segment, Window window, WantedPictures wanted) {
        var stream = TransportStream.read(segment);
        var clock = SessionClock.of(window);
        long[] pictures =
                stream.pictures().stream()
                        .flatMap(pictured -> pictured.packets().stream())
                        .mapToLong(packet -> sessionTicks(packet, clock, window))
                        .toArray();
        byte[] sound = stream.sound().map(TransportStream.Elementary::payload).orElse(new byte[0]);
        return new SegmentContents(
                pictures.length,
                wanted.count(),
                (int)
                        Arrays.stream(pictures)
                                .map(ticks -> ticks - window.originTicks())
                                .filter(wanted.sourceTicks()::contains)
                                .count(),
                Arrays.stream(pictures).min(),
                Arrays.stream(pictures).max(),
                Adts.frames(sound).size(),
                stream.sound().stream()
                        .flatMap(heard -> heard.packets().stream())
                        .mapToLong(packet -> sessionTicks(packet, clock, window))
                        .findFirst(),
                String.join(",", codecs(stream, sound)));
    }

    private static long sessionTicks(
            TransportStream.Pes packet, SessionClock clock, Window window) {
        return window.originTicks() + clock.runTicks(packet.timestamp(), window.startTicks());
    }

    private static List<String> codecs(TransportStream stream, byte[] sound) {
        var codecs = new ArrayList<String>();
        stream.pictures().stream()
                .flatMap(pictured -> pictured.packets().stream())
                .findFirst()
                .flatMap(packet -> avcCodec(packet.payload()))
                .ifPresent(codecs::add);
        Adts.codec(sound).ifPresent(codecs::add);
        return codecs;
    }

    /// RFC 6381 §3.3: profile, constraints and level as the SPS has them.
    static Optional<String> avcCodec(byte[] annexB) {
        return NalUnits.of(annexB).stream()
                .filter(unit -> unit.type() == NalUnits.SPS && unit.to() > unit.header() + 3)
                .map(unit ->
                        "avc1.%02x%02x%02x"
                                .formatted(
                                        annexB[unit.header() + 1],
                                        annexB[unit.header() + 2],
                                        annexB[unit.header() + 3]))
                .findFirst();
    }
}
