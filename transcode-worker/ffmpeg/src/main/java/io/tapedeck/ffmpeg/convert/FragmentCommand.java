package io.tapedeck.ffmpeg.convert;

import io.tapedeck.timeline.ForeignContainer;
import java.nio.file.Path;
import net.bramp.ffmpeg.builder.FFmpegBuilder;
import net.bramp.ffmpeg.builder.FFmpegOutputBuilder;

/// The arguments of the two ffmpeg runs that convert a recording.
///
/// Bytes of a client are read by ffmpeg's own demuxer here, and only here. So the demuxer is
/// forced, and those that open other files or addresses (playlists, scripts that join files,
/// numbered pictures) are never among them; references inside a recording are not followed; no
/// protocol but that of files is known; and decoders are whitelisted.
record FragmentCommand(ForeignContainer container, Path file) {

    /// What is found in such files and can be decoded, if it has to be.
    private static final String DECODERS =
            "h264,hevc,vp8,vp9,libdav1d,libaom-av1,av1,theora,mpeg4,mpeg1video,mpeg2video,mjpeg,"
                    + "mjpegb,msmpeg4v1,msmpeg4v2,msmpeg4,h263,h263p,flv,wmv1,wmv2,wmv3,vc1,vp6,vp6f,"
                    + "prores,dnxhd,dvvideo,ffv1,huffyuv,ffvhuff,utvideo,qtrle,rawvideo,png,cinepak,"
                    + "svq1,svq3,rpza,msvideo1,"
                    + "opus,libopus,vorbis,aac,aac_latm,mp1float,mp2float,mp2,mp3float,mp3,flac,alac,"
                    + "speex,libspeex,ac3,eac3,dca,truehd,mlp,wmav1,wmav2,wmapro,wmalossless,"
                    + "wavpack,tta,amrnb,amrwb,nellymoser,gsm,gsm_ms,"
                    + "adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,adpcm_swf,adpcm_g726,"
                    + "pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,"
                    + "pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,pcm_dvd,pcm_bluray";

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
                    .addExtraArgs("-bf", "0", "-g", "60")
                    .addExtraArgs("-fps_mode", "passthrough", "-enc_time_base:v", "-1")
                    // Fields become pictures; what is brighter than screens keeps its ten bits.
                    .addExtraArgs(
                            "-filter:v",
                            "bwdif=mode=send_frame:deint=interlaced"
                                    + ",scale=trunc(iw/2)*2:trunc(ih/2)*2"
                                    + ",format=yuv420p|yuv420p10le");
        }
        if (survey.copiesSound()) {
            output.addExtraArgs("-c:a", "copy");
            if (survey.hasAac()) {
                // Transport streams have a header in front of each packet. Others pass.
                output.addExtraArgs("-bsf:a", "aac_adtstoasc");
            }
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
                    case MATROSKA -> "matroska";
                    case AVI -> "avi";
                    case MPEG_TS -> "mpegts";
                    case MPEG_PS -> "mpeg";
                    case MP3 -> "mp3";
                    case WAV -> "wav";
                    case W64 -> "w64";
                    case FLAC -> "flac";
                    case AAC -> "aac";
                    case AIFF -> "aiff";
                    case CAF -> "caf";
                    case AU -> "au";
                    case AMR -> "amr";
                    case FLV -> "flv";
                    case ASF -> "asf";
                };
        var input = builder.addInput(file.toAbsolutePath().toString()).setFormat(demuxer);
        if (container == ForeignContainer.MP4) {
            input.addExtraArgs("-enable_drefs", "0", "-use_absolute_path", "0");
        }
        input.addExtraArgs("-protocol_whitelist", "file", "-format_whitelist", demuxer)
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
