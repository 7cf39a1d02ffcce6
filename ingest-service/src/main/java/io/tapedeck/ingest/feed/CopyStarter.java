package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;
import io.tapedeck.ingest.camera.FeedException;

/// Starts ffmpeg for one pull of a camera.
///
/// @param choice what is known of the camera's sound from earlier pulls
record CopyStarter(
        CopyCommand command, SoundChoice choice, CameraFeed.Sink sink, Stopping stopping) {

    /// Of a transport stream on its standard input.
    ///
    /// @param copiesSound whether it looks as if its sound could be copied
    CopyProcess transportStream(boolean copiesSound) throws FeedException {
        return CopyProcess.start(
                command.transportStream(choice.copies(copiesSound)), choice.guard(sink), stopping);
    }

    /// Of fragmented MP4 on its standard input.
    CopyProcess fragments(boolean copiesSound) throws FeedException {
        return CopyProcess.start(
                command.fragments(choice.copies(copiesSound)), choice.guard(sink), stopping);
    }

    /// Of a server that speaks RTSP on this machine.
    CopyProcess rtsp(String url, boolean copiesSound) throws FeedException {
        return CopyProcess.start(
                command.rtsp(url, choice.copies(copiesSound)), choice.guard(sink), stopping);
    }
}
