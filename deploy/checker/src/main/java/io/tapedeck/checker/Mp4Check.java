package io.tapedeck.checker;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// An exported MP4 has all that the segments have, from time 0 on, and its index in front.
record Mp4Check(MediaTools tools, Rendered rendered, Path mp4, Notes notes) {

    private static final int MOOV = 0x6D6F6F76;
    private static final int MDAT = 0x6D646174;

    void run() throws IOException {
        long start = Math.min(first(rendered.pictures()), first(rendered.sounds()));
        same("pictures", rendered.pictures(), "v:0", 90_000, start);
        same("AAC frames", rendered.sounds(), "a:0", 48_000, start);
        duration(start);
        indexInFront();
        codec("v:0", "h264", !rendered.pictures().isEmpty());
        codec("a:0", "aac", !rendered.sounds().isEmpty());
        StreamCheck.quiet(tools, mp4, "MP4", notes);
    }

    private void same(
            String what, List<MediaTools.Stamp> expected, String stream, long clock, long start)
            throws IOException {
        var times =
                tools.packets(mp4, stream).stream()
                        .sorted(Comparator.comparingLong(MediaTools.Stamp::time))
                        .toList();
        notes.require(
                times.size() == expected.size(),
                "MP4 has another number of " + what,
                "%d instead of %d".formatted(times.size(), expected.size()));
        for (int i = 0; i < Math.min(times.size(), expected.size()); i++) {
            long ticks = times.get(i).time() * 90_000 / clock;
            long wanted = expected.get(i).time() - start;
            notes.require(
                    Math.abs(ticks - wanted) <= 2,
                    "MP4 has " + what + " at another time",
                    "number %d at %d instead of %d".formatted(i, ticks, wanted));
        }
    }

    private void duration(long start) throws IOException {
        double seconds = Double.parseDouble(tools.entry(mp4, "v:0", "format=duration"));
        long last = Math.max(last(rendered.pictures()), last(rendered.sounds()));
        double wanted = (last - start) / 90_000.0;
        notes.measure("MP4 seconds", "%.3f".formatted(seconds));
        notes.require(
                seconds >= wanted - 0.01 && seconds < wanted + 1.1,
                "MP4 duration",
                "%.3f s, its last frame is at %.3f s".formatted(seconds, wanted));
    }

    private void indexInFront() throws IOException {
        var order = new ArrayList<Integer>();
        try (var in = new DataInputStream(Files.newInputStream(mp4))) {
            long left = Files.size(mp4);
            while (left >= 8) {
                long size = Integer.toUnsignedLong(in.readInt());
                int type = in.readInt();
                long header = 8;
                if (size == 1) {
                    size = in.readLong();
                    header = 16;
                }
                order.add(type);
                in.skipNBytes(size - header);
                left -= size;
            }
        }
        notes.require(
                order.contains(MOOV) && order.indexOf(MOOV) < order.indexOf(MDAT),
                "MP4 index is not in front",
                "a player has to fetch the whole file first");
    }

    private void codec(String stream, String wanted, boolean expected) throws IOException {
        String codec = tools.entry(mp4, stream, "stream=codec_name");
        notes.require(
                codec.equals(expected ? wanted : ""),
                "MP4 codec",
                "%s is '%s'".formatted(stream, codec));
    }

    private static long first(List<MediaTools.Stamp> stamps) {
        return stamps.isEmpty() ? Long.MAX_VALUE : stamps.getFirst().time();
    }

    private static long last(List<MediaTools.Stamp> stamps) {
        return stamps.isEmpty() ? 0 : stamps.getLast().time();
    }
}
