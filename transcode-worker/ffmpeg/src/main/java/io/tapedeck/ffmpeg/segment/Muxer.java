package io.tapedeck.ffmpeg.segment;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes one segment: a transport stream (ISO/IEC 13818-1) with tables, pictures and sound of one
/// window, by time.
///
/// Segments are made apart from each other, so counters start over in each; its first packets say
/// so. Clock references are a fixed while before what follows them and at most 100 ms apart.
final class Muxer {

    private static final int PICTURES_PID = 0x100;
    private static final int SOUND_PID = 0x101;
    private static final int PICTURES_ID = 0xE0;
    private static final int SOUND_ID = 0xC0;

    /// AAC frames in one packet: 85 ms.
    private static final int FRAMES_PER_PES = 4;

    /// How long before it is decoded a picture arrives: sound that is heard with it has come by
    /// then.
    private static final long LEAD_TICKS = 9_000;

    private static final long CLOCK_INTERVAL_TICKS = 8_100;

    private final SessionClock clock;
    private final boolean pictured;
    private final PacketWriter packets = new PacketWriter();
    private long lastClockTicks = Long.MIN_VALUE;

    private Muxer(SessionClock clock, boolean pictured) {
        this.clock = clock;
        this.pictured = pictured;
    }

    /// @param pictures in order of decoding; may be empty
    /// @param sounds ADTS frames by their time in the run; may be empty
    static byte[] segment(
            SessionClock clock, List<AccessUnit> pictures, SortedMap<Long, byte[]> sounds) {
        var muxer = new Muxer(clock, !pictures.isEmpty());
        muxer.tables(!sounds.isEmpty());
        var groups = groups(sounds);
        for (var picture : pictures) {
            muxer.soundsUntil(picture.decodeTicks(), groups);
            muxer.picture(picture);
        }
        muxer.soundsUntil(Long.MAX_VALUE, groups);
        return muxer.packets.bytes();
    }

    private void tables(boolean sound) {
        var streams = new ArrayList<ProgramTables.Stream>();
        if (pictured) {
            streams.add(new ProgramTables.Stream(TransportStream.H264, PICTURES_PID));
        }
        if (sound) {
            streams.add(new ProgramTables.Stream(TransportStream.AAC_ADTS, SOUND_PID));
        }
        packets.section(0, ProgramTables.association());
        packets.section(
                ProgramTables.MAP_PID,
                ProgramTables.map(pictured ? PICTURES_PID : SOUND_PID, streams));
    }

    /// A few frames each, by the time of the first one.
    private static TreeMap<Long, byte[]> groups(SortedMap<Long, byte[]> sounds) {
        var groups = new TreeMap<Long, byte[]>();
        var group = new ByteArrayOutputStream();
        long from = 0;
        int count = 0;
        for (var sound : sounds.entrySet()) {
            from = count % FRAMES_PER_PES == 0 ? sound.getKey() : from;
            group.writeBytes(sound.getValue());
            count++;
            if (count % FRAMES_PER_PES == 0 || count == sounds.size()) {
                groups.put(from, group.toByteArray());
                group.reset();
            }
        }
        return groups;
    }

    private void soundsUntil(long ticks, TreeMap<Long, byte[]> groups) {
        while (!groups.isEmpty() && groups.firstKey() <= ticks) {
            var group = groups.pollFirstEntry();
            long reference = reference(group.getKey(), !pictured);
            packets.pes(
                    SOUND_PID,
                    SOUND_ID,
                    PacketWriter.Start.at(clock.ticks(group.getKey()), reference, !pictured),
                    group.getValue());
        }
    }

    private void picture(AccessUnit picture) {
        long reference = reference(picture.decodeTicks(), true);
        packets.pes(
                PICTURES_PID,
                PICTURES_ID,
                new PacketWriter.Start(
                        clock.ticks(picture.ticks()),
                        clock.ticks(picture.decodeTicks()),
                        reference,
                        picture.idr()),
                picture.bytes());
    }

    /// The clock reference that goes with what comes at a time, or none when another stream carries
    /// them or it has just been told. Those that are due before it are written.
    private long reference(long ticks, boolean own) {
        long now = clock.ticks(ticks) - LEAD_TICKS;
        if (lastClockTicks == Long.MIN_VALUE) {
            lastClockTicks = now - CLOCK_INTERVAL_TICKS;
        }
        long late = own ? 1 : 0;
        while (now - lastClockTicks >= CLOCK_INTERVAL_TICKS + late) {
            lastClockTicks += CLOCK_INTERVAL_TICKS;
            packets.clock(pictured ? PICTURES_PID : SOUND_PID, lastClockTicks);
        }
        if (!own || now == lastClockTicks) {
            return PacketWriter.NO_CLOCK;
        }
        lastClockTicks = now;
        return now;
    }
}
