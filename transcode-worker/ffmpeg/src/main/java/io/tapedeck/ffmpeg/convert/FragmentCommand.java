package io.tapedeck.ffmpeg.convert;

import io.tapedeck.timeline.ForeignContainer;
import java.nio.file.Path;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import net.bramp.ffmpeg.builder.FFmpegOutputBuilder;

/// The arguments of the two ffmpeg runs that convert a recording.
///
/// Bytes of a client are read by ffmpeg's own demuxer here, and only here. So the demuxer is
/// forced, no other file can be opened, references inside the recording are not followed (which is
/// the default), and decoders are whitelisted.
record FragmentCommand(ForeignContainer container, Path file) {

    /// What is found in such files and can be decoded, if it has to be.
    private static final String DECODERS =
            "h264,hevc,vp8,vp9,libdav1d,libaom-av1,av1,theora,mpeg4,mpeg2video,mjpeg,"
                    + "opus,libopus,vorbis,aac,mp3,mp3float,flac,alac,speex,libspeex,ac3,eac3,"
                    + "pcm_s16le,pcm_s16be,pcm_s24le,pcm_f32le";

    /// 8K; what is larger than that is an attack.
    private static final int MOST_PIXELS = 7680 * 4320;

    /// Lists the packets of the first pictures and the first sound.
    FFmpegBuilder survey() {
        var builder = input();
        mapped(builder).setFormat("framecrc").addExtraArgs("-c", "copy");
        return builder;
    }

    /// Writes fragmented MP4, each fragment a second at most. Encoded is only what could not be
    /// rendered as it is, and well enough for being encoded once more.
    FFmpegBuilder fragment(Survey survey) {
        var builder = input();
        var output = mapped(builder).setFormat("mp4");
        if (survey.copiesPictures()) {
            output.addExtraArgs("-c:v", "copy");
        } else {
            output.addExtraArgs("-c:v", "libx264", "-preset", "superfast", "-crf", "18")
                    .addExtraArgs("-bf", "0", "-g", "60", "-pix_fmt", "yuv420p")
                    .addExtraArgs("-fps_mode", "passthrough", "-enc_time_base:v", "-1")
                    .addExtraArgs("-filter:v", "scale=trunc(iw/2)*2:trunc(ih/2)*2");
        }
        if (survey.copiesSound()) {
            output.addExtraArgs("-c:a", "copy");
        } else {
            // Silence where packets are missing, so that what follows keeps its time.
            output.addExtraArgs("-filter:a", "aresample=async=1")
                    .addExtraArgs("-c:a", "aac", "-b:a", "192k", "-ar", "48000", "-ac", "2");
        }
        // The header is written behind the first fragment, when it is known what comes before 0.
        output.addExtraArgs("-movflags", "+frag_keyframe+delay_moov+default_base_moof")
                .addExtraArgs("-frag_duration", "1000000");
        return builder;
    }

    private FFmpegBuilder input() {
        var builder =
                new FFmpegBuilder()
                        .setVerbosity(FFmpegBuilder.Verbosity.ERROR)
                        // What is broken is left out, and judged by what comes out.
                        .addExtraArgs("-hide_banner", "-nostdin", "-max_error_rate", "1");
        String demuxer =
                switch (container) {
                    case OGG -> "ogg";
                    case MP4 -> "mov";
                };
        builder.addInput(file.toAbsolutePath().toString())
                .setFormat(demuxer)
                .addExtraArgs("-protocol_whitelist", "file", "-format_whitelist", demuxer)
                .addExtraArgs("-codec_whitelist", DECODERS)
                .addExtraArgs("-max_pixels", Integer.toString(MOST_PIXELS));
        return builder;
    }

    /// The first pictures that are no cover, and the first sound.
    private static FFmpegOutputBuilder mapped(FFmpegBuilder builder) {
        return builder.addOutput("pipe:1")
                .addExtraArgs("-map", "0:V:0?", "-map", "0:a:0?")
                .addExtraArgs("-map_metadata", "-1", "-map_chapters", "-1");
    }
}
