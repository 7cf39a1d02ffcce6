package io.tapedeck.ingest.frames;

import java.time.Duration;

/// What connections go by.
///
/// @param batchTime at most so much of a recording is in memory only
/// @param batchBytes and no more than that
/// @param messagesPerSecond of one client, in the long run
/// @param renewal how often a session is said to be alive
/// @param storePatience how long the store and the database may be away before a client is told
record FramesRules(
        Duration batchTime,
        long batchBytes,
        int messagesPerSecond,
        Duration renewal,
        Duration storePatience) {}
