package io.tapedeck.ffmpeg.process;

import java.time.Duration;

/// What a run of ffmpeg may use.
///
/// @param wall how long it may take in all
/// @param stale how long it may go without moving a byte
/// @param grace how long it may take to go after SIGTERM before SIGKILL follows
/// @param outputBytes how much it may write to its standard output
/// @param niceness how far it stands back behind others, 0 to 19
/// @param memoryBytes address space it may ask for; a healthy run asks for far more than it uses
public record FfmpegLimits(
        Duration wall,
        Duration stale,
        Duration grace,
        long outputBytes,
        int niceness,
        long memoryBytes) {

    private static final long MIB = 1024L * 1024;

    /// What nobody waits for gets a tenth of a processor that both want.
    public static final int PATIENT = 10;

    /// What gives way to live gets a quarter of a processor that both want.
    public static final int YIELDING = 5;

    /// For windows of a few seconds each.
    public static FfmpegLimits forSegments(Duration wall, int windows, int niceness) {
        return new FfmpegLimits(
                wall,
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                windows * 64 * MIB,
                niceness,
                4096 * MIB);
    }

    /// For a hundred pictures, which nobody waits for. They come from the store meanwhile: one that
    /// is silent says so itself after half a minute.
    public static FfmpegLimits forPictures() {
        return new FfmpegLimits(
                Duration.ofMinutes(3),
                Duration.ofSeconds(45),
                Duration.ofSeconds(1),
                16 * MIB,
                PATIENT,
                4096 * MIB);
    }

    /// For copying hours of segments into one file. Its standard output carries progress reports.
    public static FfmpegLimits forExport() {
        return new FfmpegLimits(
                Duration.ofHours(6),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                256 * MIB,
                0,
                4096 * MIB);
    }

    /// For encoding hours of pictures into one file; nobody waits for it.
    public static FfmpegLimits forEncodedExport() {
        return new FfmpegLimits(
                Duration.ofHours(12),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                256 * MIB,
                PATIENT,
                4096 * MIB);
    }

    /// For converting a recording of hours, which may mean to encode it; nobody waits for it.
    public static FfmpegLimits forConversion(long outputBytes) {
        return new FfmpegLimits(
                Duration.ofHours(3),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                outputBytes,
                PATIENT,
                4096 * MIB);
    }
}
