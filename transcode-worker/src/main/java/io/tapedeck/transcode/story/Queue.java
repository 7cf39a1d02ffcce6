package io.tapedeck.transcode.story;

import io.tapedeck.transcode.contract.TranscodeTopics;

/// The two queues that jobs wait in.
public enum Queue {
    /// Somebody may be waiting right now.
    LIVE(TranscodeTopics.LIVE_JOBS),
    /// Everything else.
    BACKLOG(TranscodeTopics.BACKLOG_JOBS);

    private final String topic;

    Queue(String topic) {
        this.topic = topic;
    }

    public String topic() {
        return topic;
    }
}
