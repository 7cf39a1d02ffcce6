package io.tapedeck.ffmpeg.segment;

import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import net.bramp.ffmpeg.builder.FFmpegOutputBuilder;

/// The arguments of the one ffmpeg run that renders a window.
///
/// @param decoder ffmpeg's name of what decodes the pictures
/// @param pictures absent in a rendition of sound alone
/// @param sound absent when the run has no sound
/// @param soundTrack of it
record SegmentCommand(
        Window window,
        Rendition rendition,
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

    /// Timestamps of MPEG-TS have 33 bits.
    private static final long TIMESTAMP_RANGE_TICKS = 1L << 33;

    static String decoderOf(Track.Video video, FfmpegInstallation ffmpeg) {
        return switch (video.codec()) {
            case VP8 -> "vp8";
            case VP9 -> "vp9";
            case H264 -> "h264";
            case AV1 -> ffmpeg.av1Decoder();
        };
    }

    private static String decoderOf(Track.Audio audio) {
        return switch (audio.codec()) {
            case OPUS -> "opus";
            case AAC -> "aac";
        };
    }

    FFmpegBuilder builder() {
        var builder =
                new FFmpegBuilder()
                        .setVerbosity(FFmpegBuilder.Verbosity.ERROR)
                        .addExtraArgs("-hide_banner", "-nostdin", "-copyts")
                        .addExtraArgs("-filter_threads", Integer.toString(threads))
                        // What is broken is left out, and judged by what comes out.
                        .addExtraArgs("-max_error_rate", "1");
        builder.addInput("pipe:0")
                .setFormat("matroska")
                .addExtraArgs(inputArgs().toArray(String[]::new));
        var output =
                builder.addOutput("pipe:1")
                        .setFormat("mpegts")
                        .addExtraArgs("-map_metadata", "-1", "-map_chapters", "-1");
        pictures.ifPresent(plan -> addVideo(output, plan));
        sound.ifPresent(plan -> addAudio(output, plan));
        output.addExtraArgs(
                "-muxdelay", "0", "-muxpreload", "0", "-mpegts_flags", "initial_discontinuity");
        return builder;
    }

    /// Whether a segment has just the AAC frames that were asked for, where they belong.
    boolean hasItsSound(TransportStream segment) {
        long frames = sound.map(SoundPlan::frames).orElse(0L);
        if (segment.soundFrames() != frames) {
            return false;
        }
        long firstTicks =
                sound.map(plan -> plan.firstFrame() * Ticks.PER_AAC_FRAME)
                        .map(SessionClock.of(window)::ticks)
                        .orElse(0L);
        return frames == 0
                || segment.firstSoundTicks().orElse(-1) == firstTicks % TIMESTAMP_RANGE_TICKS;
    }

    /// Why a segment with so few pictures is not worth showing, if it is: a decoder that is lost
    /// finds a picture by chance now and then.
    Optional<String> lackOfPictures(TransportStream segment) {
        int wanted = pictures.map(plan -> plan.shownFrom(window.startTicks())).orElse(0);
        if (wanted > 0 && segment.pictures() == 0) {
            return Optional.of("no picture of it can be decoded");
        }
        return segment.pictures() * 2 < wanted
                ? Optional.of(
                        "only %d of its %d pictures can be decoded"
                                .formatted(segment.pictures(), wanted))
                : Optional.empty();
    }

    private List<String> inputArgs() {
        var args =
                new ArrayList<>(
                        List.of(
                                "-protocol_whitelist", "pipe",
                                "-format_whitelist", "matroska",
                                "-codec_whitelist", whitelist(),
                                // The header says all there is to know; guessing costs time.
                                "-fpsprobesize", "0",
                                "-max_pixels", Integer.toString(MOST_PIXELS)));
        if (pictures.isPresent()) {
            args.addAll(List.of("-threads:v", Integer.toString(threads), "-c:v", decoder));
            if (decoder.equals("h264")) {
                // It would rather patch a broken picture up with what it can find than leave it
                // out.
                args.addAll(List.of("-err_detect:v", "explode"));
            }
            // Pictures that change their size are scaled and padded where they are: a new filter
            // graph would lose what the old one holds.
            args.addAll(List.of("-reinit_filter", "0"));
        }
        if (sound.isPresent()) {
            args.addAll(List.of("-c:a", soundDecoder()));
        }
        return args;
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

    private void addVideo(FFmpegOutputBuilder output, PicturePlan plan) {
        var clock = SessionClock.of(window);
        output.addExtraArgs("-map", "0:v:0")
                .addExtraArgs("-filter:v", new PictureFilter(plan, rendition, window, clock).text())
                // Each picture at its own time, in ticks.
                .addExtraArgs("-fps_mode", "passthrough", "-enc_time_base", "1:90000")
                .addExtraArgs("-c:v", "libx264", "-preset", PRESET, "-tune", "zerolatency")
                .addExtraArgs("-profile:v", "high", "-level:v", rendition.level())
                .addExtraArgs("-crf", "23", "-maxrate", bitrate(1), "-bufsize", bitrate(2))
                .addExtraArgs("-g", "9999", "-bf", "0", "-threads:v", Integer.toString(threads))
                // force-cfr comes with zerolatency and would make every picture as long as the
                // next for the rate control.
                .addExtraArgs("-x264-params", "force-cfr=0:scenecut=0")
                // What the SPS says about time depends on nothing. Programs that force a constant
                // rate go by it: at 60 a second they lose nothing, and do not make thousands.
                .addExtraArgs("-bsf:v", "h264_metadata=tick_rate=120:fixed_frame_rate_flag=0");
    }

    /// Enough for a busy screen: 4 bits for each pixel and second, 1 Mbit/s at least.
    private String bitrate(int times) {
        long bits = 4L * rendition.widthPixels() * rendition.heightPixels();
        return Long.toString(times * Math.max(bits, 1_000_000));
    }

    private void addAudio(FFmpegOutputBuilder output, SoundPlan plan) {
        var clock = SessionClock.of(window);
        int channels = soundTrack.map(Track.Audio::channels).orElse(0);
        output.addExtraArgs("-map", "0:a:0")
                .addExtraArgs("-filter:a", new SoundFilter(plan, channels, clock).text())
                .addExtraArgs("-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2")
                // By count: the time base that this filter sees differs between versions. The
                // encoder's first packet is the one that primes decoders, a frame early.
                .addExtraArgs(
                        "-bsf:a",
                        "noise=drop='lt(n\\,%d)+gte(n\\,%d)'"
                                .formatted(
                                        SoundPlan.ROLL_FRAMES + 1,
                                        SoundPlan.ROLL_FRAMES + 1 + plan.frames()));
    }
}
