package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;

/// Why a camera is offline.
enum FeedProblem {
    /// Nobody answers there.
    UNREACHABLE("camera-unreachable"),
    /// It wants a user and a password, or others.
    REFUSED_US("camera-refused-us"),
    /// It sends something that cannot be recorded.
    NOT_UNDERSTOOD("camera-not-understood"),
    /// The connection stands, and nothing comes.
    SILENT("camera-silent"),
    /// It closed the connection.
    ENDED("camera-ended"),
    /// It may not be connected to.
    ADDRESS_REFUSED("camera-address-refused"),
    /// Not the camera's fault.
    FFMPEG_UNAVAILABLE("camera-ffmpeg-unavailable");

    private final String code;

    FeedProblem(String code) {
        this.code = code;
    }

    /// @param detail what is wrong and what to do, for people
    FeedException because(String detail) {
        return new FeedException(code, detail);
    }

    /// The same, where only I/O may fail.
    FeedIoException whileReading(String detail) {
        return new FeedIoException(because(detail));
    }
}
