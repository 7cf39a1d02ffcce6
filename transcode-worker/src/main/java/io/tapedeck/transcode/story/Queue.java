package io.tapedeck.transcode.story;

import io.tapedeck.transcode.contract.TranscodeTopics;

/// The queues that jobs wait in. Each has slots of its own, so that none keeps another waiting.
public enum Queue {
    /// Somebody may be waiting right now.
    LIVE(TranscodeTopics.LIVE_JOBS),
    /// Somebody waits for it in a session that is not live.
    FRONT(TranscodeTopics.FRONT_JOBS),
    /// A recording is converted as a whole, and nothing of it can be watched before.
    CONVERT(TranscodeTopics.CONVERT_JOBS),
    /// Everything else.
    BACKLOG(TranscodeTopics.BACKLOG_JOBS);

    private final String topic;

    Queue(String topic) {
        this.topic = topic;
    }

    /// The queue for what lies around longer than planned.
    ///
    /// @param live whether its session is live and goes on
    public static Queue of(boolean live) {
        return live ? LIVE : BACKLOG;
    }

    /// The queue for a run that can only be read as a whole.
    ///
    /// @param quick whether only its frames are listed, which takes no time, and then it can be
    ///   watched
    public static Queue ofConversion(boolean quick) {
        return quick ? LIVE : CONVERT;
    }

    public String topic() {
        return topic;
    }
}
