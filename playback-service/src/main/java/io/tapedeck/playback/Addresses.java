package io.tapedeck.playback;

import io.tapedeck.transcode.contract.ExportFormat;
import java.util.Optional;

/// The public addresses that this service hands out. Without a configured origin they are absolute
/// paths, which every client can resolve against where it asked.
///
/// @param origin put in front of addresses, `https://host` without a slash at the end, or empty
/// @param cdnOrigin put in front of segment addresses, likewise; empty: segments are addressed
///   relative to their playlist
public record Addresses(String origin, String cdnOrigin) {

    public Addresses {
        origin = withoutSlash(origin);
        cdnOrigin = withoutSlash(cdnOrigin);
    }

    /// As configured; absent means empty.
    public static Addresses of(Optional<String> origin, Optional<String> cdnOrigin) {
        return new Addresses(origin.orElse(""), cdnOrigin.orElse(""));
    }

    public String session(String sessionId) {
        return origin + "/api/v1/sessions/" + sessionId;
    }

    public String task(String taskId) {
        return origin + "/api/v1/tasks/" + taskId;
    }

    public String watch(String sessionId) {
        return origin + "/watch/" + sessionId;
    }

    public String masterPlaylist(String sessionId) {
        return origin + "/hls/" + sessionId + "/master.m3u8";
    }

    /// Of whatever generation is shown.
    public String mediaPlaylist(String sessionId, String rendition) {
        return origin + "/hls/" + sessionId + "/" + rendition + "/index.m3u8";
    }

    /// Relative to the master playlist, so that whatever leads to that leads to this. It stays with
    /// its generation: a playlist that is being played must not become another one.
    public String mediaPlaylistInMaster(String rendition, int generation) {
        return rendition + "/index.m3u8?generation=" + generation;
    }

    /// The same of one that is known to its end: what is at this address stays as it is.
    ///
    /// @param windows how many it lists
    public String wholePlaylistInMaster(String rendition, int generation, long windows) {
        return mediaPlaylistInMaster(rendition, generation) + "&windows=" + windows;
    }

    /// What is put before a segment's file name in its media playlist: nothing, or the CDN.
    public String beforeSegment(String sessionId, String rendition) {
        return cdnOrigin.isEmpty()
                ? ""
                : "%s/hls/%s/%s/".formatted(cdnOrigin, sessionId, rendition);
    }

    /// The newest MP4 of a session.
    public String recording(String sessionId) {
        return origin + "/media/" + sessionId + "/recording.mp4";
    }

    /// One picture of a session.
    public String poster(String sessionId) {
        return origin + "/media/" + sessionId + "/poster.jpg";
    }

    /// Where its small pictures are listed.
    public String storyboard(String sessionId) {
        return origin + "/media/" + sessionId + "/storyboard.vtt";
    }

    /// What an export made.
    ///
    /// @param format as in [ExportFormat]
    public String export(String sessionId, String format) {
        return ExportFormat.isOfLog(format)
                ? "%s/recordings/%s.%s".formatted(origin, sessionId, ExportFormat.extension(format))
                : recording(sessionId);
    }

    /// The bytes as they came.
    public String source(String sessionId) {
        return origin + "/media/" + sessionId + "/source";
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
