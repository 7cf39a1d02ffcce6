package io.tapedeck.ingest.feed;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How ffmpeg is called to put pictures and sound as they are into fragments of MP4. It opens what
/// it is given and no other address, and where util-linux is there the kernel bounds it and lets it
/// die with us.
///
/// @param ffmpeg a path, or a name looked up in `PATH`
record CopyCommand(String ffmpeg) {

    /// A camera's decoder needs far less; it also stands for what is only mapped.
    private static final long MEMORY_BYTES = 2L << 30;

    private static final Optional<String> PRLIMIT = find("prlimit");
    private static final Optional<String> SETPRIV = find("setpriv");

    /// What it decodes while it finds out what is in a stream.
    private static final String DECODERS =
            "h264,hevc,aac,aac_latm,mp3float,mp3,mp2float,mp2,ac3,eac3,opus,pcm_alaw,pcm_mulaw,"
                    + "pcm_s16be,pcm_s16le,g722,adpcm_g726,adpcm_g726le";

    /// Of a transport stream on its standard input.
    List<String> transportStream(boolean copiesSound) {
        return command(
                // To find out what is in it takes all of that time, for another stream may show up
                // at any moment. What is read meanwhile is not late afterwards.
                List.of(
                        "-analyzeduration",
                        "1000000",
                        "-protocol_whitelist",
                        "pipe",
                        "-format_whitelist",
                        "mpegts",
                        "-f",
                        "mpegts"),
                "pipe:0",
                copiesSound);
    }

    /// Of fragmented MP4 on its standard input.
    List<String> fragments(boolean copiesSound) {
        return command(
                List.of("-protocol_whitelist", "pipe", "-format_whitelist", "mov", "-f", "mov"),
                "pipe:0",
                copiesSound);
    }

    /// Of a server that speaks RTSP on this machine.
    List<String> rtsp(String url, boolean copiesSound) {
        return command(
                List.of(
                        "-protocol_whitelist", "rtp,rtsp,tcp",
                        "-format_whitelist", "rtsp,sdp,rtp",
                        "-rtsp_transport", "tcp",
                        "-allowed_media_types", "video+audio",
                        "-f", "rtsp"),
                url,
                copiesSound);
    }

    private List<String> command(List<String> input, String url, boolean copiesSound) {
        var all = new ArrayList<String>();
        PRLIMIT.ifPresent(
                prlimit -> all.addAll(List.of(prlimit, "--core=0", "--as=" + MEMORY_BYTES)));
        SETPRIV.ifPresent(setpriv -> all.addAll(List.of(setpriv, "--pdeathsig", "KILL")));
        all.addAll(List.of(ffmpeg, "-hide_banner", "-nostdin", "-nostats", "-loglevel", "error"));
        all.addAll(List.of("-codec_whitelist", DECODERS));
        all.addAll(List.of("-probesize", "4000000", "-fpsprobesize", "0"));
        all.addAll(input);
        all.addAll(List.of("-i", url, "-map", "0:v:0?", "-map", "0:a:0?", "-dn", "-sn"));
        all.addAll(List.of("-c:v", "copy"));
        all.addAll(
                copiesSound
                        ? List.of("-c:a", "copy", "-bsf:a", "aac_adtstoasc")
                        : List.of("-c:a", "aac", "-ar", "48000", "-b:a", "96k"));
        // Not at keyframes: where each picture is one, each would be a fragment. Their header waits
        // for the first, because only frames tell what AAC is like. Without a trailer: it would be
        // an index, which grows in memory with each fragment of a camera that stays for weeks.
        all.addAll(List.of("-f", "mp4"));
        all.addAll(List.of("-movflags", "+delay_moov+default_base_moof+skip_trailer"));
        all.addAll(List.of("-frag_duration", "500000", "-frag_size", "4000000"));
        all.addAll(List.of("-flush_packets", "1", "pipe:1"));
        return List.copyOf(all);
    }

    private static Optional<String> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
