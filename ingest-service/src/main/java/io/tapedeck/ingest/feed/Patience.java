package io.tapedeck.ingest.feed;

import java.time.Duration;

/// How long a camera is waited for that keeps its connection, and may even drip a byte now and
/// then.
///
/// @param answer for anything short, to its last byte: the head of an answer, a playlist, a header,
///   a description
/// @param picture for a picture to be whole, or for one to begin with
/// @param segment for a whole segment
/// @param news for another segment in a playlist
record Patience(Duration answer, Duration picture, Duration segment, Duration news) {

    static final Patience USUAL =
            new Patience(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    CameraHttp.SILENCE);
}
