package io.tapedeck.transcode.contract;

/// Kafka topics that transcode-worker owns.
public final class TranscodeTopics {

    /// Every [TranscodeEvent], keyed by session id.
    public static final String SEGMENTS = "transcode.segments.v1";

    /// Every [TranscodeCommand], keyed by session id. Others write, the worker reads.
    public static final String COMMANDS = "transcode.commands.v1";

    /// [TranscodeJob]s somebody may be waiting for right now. A queue (share group), one partition.
    public static final String LIVE_JOBS = "transcode.jobs.live.v1";

    /// [TranscodeJob]s for what somebody waits for in a session that is not live: its first
    /// seconds, and where a player went. A queue (share group), one partition.
    public static final String FRONT_JOBS = "transcode.jobs.front.v1";

    /// [TranscodeJob]s that convert a whole recording, for minutes or hours. A queue (share group),
    /// one partition.
    public static final String CONVERT_JOBS = "transcode.jobs.convert.v1";

    /// All other [TranscodeJob]s. A queue (share group), one partition.
    public static final String BACKLOG_JOBS = "transcode.jobs.backlog.v1";

    private TranscodeTopics() {}
}
