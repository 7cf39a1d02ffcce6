package io.tapedeck.transcode.story;

import io.tapedeck.transcode.contract.TranscodeEvent;
import java.time.Instant;

/// An event that still lacks its place in the story, which the transaction gives it.
@FunctionalInterface
public interface EventDraft {

    TranscodeEvent told(long sequence, Instant at);
}
