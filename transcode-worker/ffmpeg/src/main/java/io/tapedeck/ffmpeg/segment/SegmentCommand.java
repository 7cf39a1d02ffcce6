package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import net.bramp.ffmpeg.builder.FFmpegOutputBuilder;

/// The arguments of the one ffmpeg run that renders neighbouring windows.
///
/// What comes out is a transport stream with the pictures of each rendition, in their order, and
/// one sound for all, with what was encoded before and behind the windows still in it.
///
/// @param windows in order
/// @param renditions with pictures; none for sound alone
/// @param decoder ffmpeg's name of what decodes the pictures
/// @param pictures absent in a rendition of sound alone
/// @param sound absent when the run has no sound
/// @param soundTrack of it
record SegmentCommand(
        List<Window> windows,
        List<Rendition> renditions,
        String decoder,
        Optional<PicturePlan> pictures,
        Optional<SoundPlan> sound,
        Optional<Track.Audio> soundTrack,
        int threads) {

    /// 8K; what is larger than that is an attack.
    private static final int MOST_PIXELS = 7680 * 4320;

    /// Measured at 720p: a quarter less time than veryfast for a sixth more bytes, and somebody
    /// waits.
    private static final String PRESET = "superfast";

    static String decoderOf(Track.Video video, FfmpegInstallation ffmpeg) {
        return switch (video.codec()) {
            case VP8 -> "vp8";
            case VP9 -> "vp9";
            case H264 -> "h264";
            case AV1 -> ffmpeg.av1Decoder();
            case HEVC -> "hevc";
            case MJPEG -> "mjpeg";
        };
    }

    private static String decoderOf(Track.Audio audio) {
        return switch (audio.codec()) {
            case OPUS -> "opus";
            case AAC -> "aac";
            case MP3 -> "mp3float";
            case MP2 -> "mp2float";
            case AC3 -> "ac3";
            case EAC3 -> "eac3";
            case FLAC -> "flac";
            case ALAC -> "alac";
            case PCM_U8,
                    PCM_S16LE,
                    PCM_S16BE,
                    PCM_S24LE,
                    PCM_S24BE,
                    PCM_S32LE,
                    PCM_S32BE,
                    PCM_F32LE,
                    PCM_F64LE ->
                    audio.codec().name().toLowerCase(Locale.ROOT);
        };
    }

    FFmpegBuilder builder() {
        var builder =
                new FFmpegBuilder()
                        .setVerbosity(FFmpegBuilder.Verbosity.ERROR)
                        .addExtraArgs("-hide_banner", "-nostdin", "-copyts")
                        .addExtraArgs("-filter_complex_threads", Integer.toString(threads))
                        // What is broken is left out, and judged by what comes out.
                        .addExtraArgs("-max_error_rate", "1");
        builder.addInput("pipe:0")
                .setFormat("matroska")
                .addExtraArgs(inputArgs().toArray(String[]::new));
        builder.setComplexFilter(filters());
        var output =
                builder.addOutput("pipe:1")
                        .setFormat("mpegts")
                        .addExtraArgs("-map_metadata", "-1", "-map_chapters", "-1");
        if (pictures.isPresent()) {
            addVideo(output);
        }
        if (sound.isPresent()) {
            addAudio(output);
        }
        // Packets go into the pipe by the buffer, not one by one.
        output.addExtraArgs("-muxdelay", "0", "-muxpreload", "0", "-flush_packets", "0");
        return builder;
    }

    /// One graph for pictures and sound. With one for each, ffmpeg 8.0 makes the one of the sound
    /// wait for the pictures when it has made silence and is ahead; what it does not take then
    /// stands in the way of the pictures, and nothing goes on any more.
    private String filters() {
        return Stream.concat(
                        pictures.map(plan -> pictureFilter(plan).text()).stream(),
                        sound.map(plan -> soundFilter(plan).text()).stream())
                .collect(Collectors.joining(";"));
    }

    private SoundFilter soundFilter(SoundPlan plan) {
        int channels = soundTrack.map(Track.Audio::channels).orElse(0);
        return new SoundFilter(plan, channels, SessionClock.of(windows.getFirst()));
    }

    private PictureFilter pictureFilter(PicturePlan plan) {
        var first = windows.getFirst();
        return new PictureFilter(
                plan,
                renditions,
                first.startTicks(),
                windows.getLast().endTicks(),
                SessionClock.of(first));
    }

    private List<String> inputArgs() {
        var args =
                new ArrayList<>(
                        List.of(
                                "-protocol_whitelist",
                                "pipe",
                                "-format_whitelist",
                                "matroska",
                                "-codec_whitelist",
                                whitelist(),
                                // The header says all there is to know; guessing costs time.
                                "-fpsprobesize",
                                "0",
                                "-max_pixels",
                                Integer.toString(MOST_PIXELS)));
        if (pictures.isPresent()) {
            args.addAll(List.of("-threads:v", Integer.toString(threads), "-c:v", decoder));
            if (decoder.equals("h264") && beginsWithIdr()) {
                // It would rather patch a broken picture up with what it can find than leave it
                // out. Behind a mere point of recovery it has to, for what was before is missing.
                args.addAll(List.of("-err_detect:v", "explode"));
            }
            // What is said within them was not asked for; the header says how they are turned.
            args.add("-noautorotate");
            // Pictures that change their size are scaled and padded where they are: a new filter
            // graph would lose what the old one holds.
            args.addAll(List.of("-reinit_filter", "0"));
        }
        if (sound.isPresent()) {
            args.addAll(List.of("-c:a", soundDecoder()));
        }
        return args;
    }

    private boolean beginsWithIdr() {
        return pictures.stream()
                .flatMap(plan -> plan.coded().stream().limit(1))
                .flatMap(first -> NalUnits.of(first.payload()).stream())
                .anyMatch(unit -> unit.type() == NalUnits.IDR);
    }

    private String soundDecoder() {
        return decoderOf(soundTrack.orElseThrow());
    }

    private String whitelist() {
        var codecs = new ArrayList<String>();
        if (pictures.isPresent()) {
            codecs.add(decoder);
        }
        if (sound.isPresent()) {
            codecs.add(soundDecoder());
        }
        return String.join(",", codecs);
    }

    private void addVideo(FFmpegOutputBuilder output) {
        for (int i = 0; i < renditions.size(); i++) {
            var rendition = renditions.get(i);
            output.addExtraArgs("-map", PictureFilter.pad(i))
                    .addExtraArgs("-level:v:" + i, rendition.level())
                    .addExtraArgs("-maxrate:v:" + i, bitrate(rendition, 1))
                    .addExtraArgs("-bufsize:v:" + i, bitrate(rendition, 2));
            if (windows.size() > 1) {
                // To each its own: some versions use up the list with the first stream.
                output.addExtraArgs("-force_key_frames:v:" + i, laterStarts());
            }
        }
        // Each picture at its own time, in ticks.
        output.addExtraArgs("-fps_mode", "passthrough", "-enc_time_base:v", "1:90000")
                .addExtraArgs("-c:v", "libx264", "-preset", PRESET, "-tune", "zerolatency")
                .addExtraArgs("-profile:v", "high", "-crf", "23")
                .addExtraArgs("-g", "9999", "-bf", "0", "-threads:v", Integer.toString(threads))
                // force-cfr and sliced-threads come with zerolatency. The one would make every
                // picture as long as the next for the rate control; the other saves a delay that
                // is none here, and costs bits and processor time.
                .addExtraArgs("-x264-params", "force-cfr=0:sliced-threads=0:scenecut=0")
                // What the SPS says about time depends on nothing. Programs that force a constant
                // rate go by it: at 60 a second they lose nothing, and do not make thousands.
                .addExtraArgs("-bsf:v", "h264_metadata=tick_rate=120:fixed_frame_rate_flag=0");
    }

    /// Where windows but the first one start, in seconds. The first picture at or behind such a
    /// time becomes a keyframe; rounded down to microseconds, none comes too early.
    private String laterStarts() {
        var clock = SessionClock.of(windows.getFirst());
        return windows.stream()
                .skip(1)
                .mapToLong(window -> clock.ticks(window.startTicks()) * 100 / 9)
                .mapToObj(micros -> "%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000))
                .collect(Collectors.joining(","));
    }

    /// Enough for a busy screen: 4 bits for each pixel and second, 1 Mbit/s at least.
    private static String bitrate(Rendition rendition, int times) {
        return Long.toString(times * Math.max(4L * rendition.pixels(), 1_000_000));
    }

    private static void addAudio(FFmpegOutputBuilder output) {
        output.addExtraArgs("-map", SoundFilter.PAD)
                .addExtraArgs("-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2")
                // Half the time of the other one. Measured at this rate: nearer to speech (48
                // against 34 dB) and noise (13 against 11), less near to tones (26 against 29).
                .addExtraArgs("-aac_coder", "fast");
    }
}
