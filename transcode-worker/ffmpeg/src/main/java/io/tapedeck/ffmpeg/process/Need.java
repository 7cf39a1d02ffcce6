package io.tapedeck.ffmpeg.process;

import java.util.List;
import java.util.regex.Pattern;

/// Parts of one kind that ffmpeg must have.
///
/// @param option how to ask ffmpeg for all it has of that kind
/// @param kind for people
record Need(String option, String kind, List<String> names) {

    static final List<Need> ALL =
            List.of(
                    new Need("-encoders", "encoder", List.of("libx264", "aac", "mjpeg")),
                    new Need(
                            "-decoders",
                            "decoder",
                            List.of(
                                    "vp8",
                                    "vp9",
                                    "h264",
                                    "hevc",
                                    "mjpeg",
                                    "rawvideo",
                                    "opus",
                                    "aac",
                                    "mp3float",
                                    "mp2float",
                                    "ac3",
                                    "eac3",
                                    "flac",
                                    "alac",
                                    "pcm_u8",
                                    "pcm_s16le",
                                    "pcm_s16be",
                                    "pcm_s24le",
                                    "pcm_s24be",
                                    "pcm_s32le",
                                    "pcm_s32be",
                                    "pcm_f32le",
                                    "pcm_f64le")),
                    new Need(
                            "-demuxers",
                            "demuxer",
                            List.of("matroska", "mpegts", "ogg", "mov", "h264")),
                    new Need("-muxers", "muxer", List.of("mpegts", "mp4", "framecrc", "mjpeg")),
                    new Need(
                            "-bsfs", "bitstream filter", List.of("aac_adtstoasc", "h264_metadata")),
                    new Need(
                            "-filters",
                            "filter",
                            List.of(
                                    "select",
                                    "bwdif",
                                    "transpose",
                                    "hflip",
                                    "vflip",
                                    "trim",
                                    "scale",
                                    "pad",
                                    "tile",
                                    "format",
                                    "setsar",
                                    "setparams",
                                    "settb",
                                    "setpts",
                                    "split",
                                    "interleave",
                                    "lutyuv",
                                    "pan",
                                    "adelay",
                                    "aresample",
                                    "asetpts",
                                    "asplit",
                                    "concat",
                                    "atrim",
                                    "apad")));

    List<String> missingFrom(String listing) {
        return names.stream()
                .filter(name -> !lists(listing, name))
                .map(name -> kind + " " + name)
                .toList();
    }

    /// Whether one of ffmpeg's tables has a row for `name`, alone or in a list with commas.
    static boolean lists(String listing, String name) {
        return Pattern.compile(
                        "^\\s*(?:[A-Z.|]+\\s+)?(?:\\S+,)?"
                                + Pattern.quote(name)
                                + "(?:,\\S+)?(?:\\s|$)",
                        Pattern.MULTILINE)
                .matcher(listing)
                .find();
    }
}
