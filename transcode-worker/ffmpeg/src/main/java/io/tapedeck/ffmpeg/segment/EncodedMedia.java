package io.tapedeck.ffmpeg.segment;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What ffmpeg made, taken apart.
///
/// @param pictures of each rendition, in order of time
/// @param sounds ADTS frames by their time in the run
record EncodedMedia(List<List<AccessUnit>> pictures, SortedMap<Long, byte[]> sounds) {

    /// @param window tells the clock and about when it is
    static EncodedMedia read(byte[] transportStream, Window window) {
        var stream = TransportStream.read(transportStream);
        var clock = SessionClock.of(window);
        var pictures = new ArrayList<List<AccessUnit>>();
        for (var pictured : stream.pictures()) {
            pictures.add(
                    pictured.packets().stream()
                            .map(packet ->
                                    AccessUnit.encoded(
                                            clock.runTicks(packet.timestamp(), window.startTicks()),
                                            packet.payload()))
                            .toList());
        }
        var sounds = new TreeMap<Long, byte[]>();
        stream.sound()
                .ifPresent(heard -> {
                    for (var packet : heard.packets()) {
                        long ticks = clock.runTicks(packet.timestamp(), window.startTicks());
                        for (byte[] frame : Adts.frames(packet.payload())) {
                            sounds.put(ticks, frame);
                            ticks += Ticks.PER_AAC_FRAME;
                        }
                    }
                });
        return new EncodedMedia(pictures, sounds);
    }

    List<AccessUnit> pictures(int rendition, Window window) {
        return rendition < pictures.size()
                ? pictures.get(rendition).stream()
                        .filter(picture -> window.holds(picture.ticks()))
                        .toList()
                : List.of();
    }

    /// The frames that a window owns.
    SortedMap<Long, byte[]> sounds(Window window) {
        return sounds.subMap(
                window.firstAacFrame() * Ticks.PER_AAC_FRAME,
                window.endAacFrame() * Ticks.PER_AAC_FRAME);
    }

    /// Whether each window has just the frames it owns, all of them where they belong.
    boolean hasSoundOf(List<Window> windows) {
        return windows.stream()
                .allMatch(window -> {
                    var own = sounds(window);
                    return own.size() == window.endAacFrame() - window.firstAacFrame()
                            && own.keySet().stream().allMatch(at -> at % Ticks.PER_AAC_FRAME == 0);
                });
    }
}
