package io.tapedeck.transcode;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an operator may change about a worker.
@ConfigMapping(prefix = "tapedeck.worker")
public interface TapedeckWorkerConfig {

    /// Windows of live sessions rendered at one time. Two, because one ffmpeg does not fill two
    /// cores, and while one starts or ends the other one works.
    @WithDefault("2")
    int liveSlots();

    /// Windows rendered at one time of sessions that are not live, where somebody waits for them.
    /// They give way to live ones.
    @WithDefault("2")
    int frontSlots();

    /// Recordings converted as a whole at one time. They keep neither other jobs waiting for hours
    /// nor wait for those of another recording.
    @WithDefault("1")
    int convertSlots();

    /// Other jobs (windows that nobody waits for, exports) at one time.
    @WithDefault("1")
    int backlogSlots();

    /// Sessions planned at one time. Planning waits for the object store more than it computes.
    @WithDefault("4")
    int plannerSlots();

    /// Renditions by their shorter side in pixels. A session gets those that are smaller than its
    /// pictures, and below the largest of these its own size.
    @WithDefault("1080,720,480,360,240")
    List<Integer> ladder();

    /// Whether every session's MP4 is made as soon as all of it is rendered.
    @WithDefault("true")
    boolean exportOnCompletion();

    /// Where exports and conversions are made before they go to the object store; needs room for
    /// the longest one, of conversions twice. By default a directory in the system's temporary one.
    /// Each process has a directory of its own in it, which it deletes when it stops.
    Optional<Path> workDirectory();

    /// Whether H.264 is offered as it came, too, where it can be cut at its own pictures.
    @WithDefault("true")
    boolean passthrough();

    /// How long the timeline of a live session waits for a chunk while later ones are there.
    /// Shorter than what viewers put up with, longer than a client takes to send again.
    @WithDefault("10s")
    Duration holePatience();

    /// How long a stop waits for running renderings before it kills them and leaves them to others.
    @WithDefault("5s")
    Duration stopGrace();

    Render render();

    Export export();

    Conversion conversion();

    Reconcile reconcile();

    History history();

    /// Rendering.
    interface Render {
        /// Tries at a window that fails by itself before it becomes a gap.
        @WithDefault("3")
        int maxFailures();

        /// Times a window may be begun; a window that takes its worker down with it is begun and
        /// never ended.
        @WithDefault("8")
        int maxAttempts();

        /// Neighbouring windows rendered in one go when more than one is due: fewer starts and less
        /// that is decoded twice, but a job that takes longer. Ten seconds of media by default.
        @WithDefault("5")
        int windowsPerJob();

        /// Time that ffmpeg has for any window before it is stopped, which is a failure.
        @WithDefault("5s")
        Duration timeLimit();

        /// Time on top of it for each second of media that ffmpeg reads: 15 s in all for a window
        /// of 2 s. A machine that needs as long as that is not able to render live in any case.
        @WithDefault("5s")
        Duration timeLimitPerSecond();
    }

    /// Exports, and what runs as long as they do.
    interface Export {
        /// Starts of a task before it fails for good.
        @WithDefault("5")
        int maxAttempts();

        /// A running export whose worker gives no sign of life for so long is run again elsewhere.
        @WithDefault("5s")
        Duration lease();

        /// How often a running export says how far it is, and looks whether it was cancelled.
        @WithDefault("500ms")
        Duration heartbeat();
    }

    /// Converting recordings in containers that cannot be planned while they come.
    interface Conversion {
        /// Starts of a conversion before it fails for good.
        @WithDefault("3")
        int maxAttempts();

        /// Size of a recording, and of what is made of it, up to which it is converted: 16 GiB.
        /// Twice as much may be needed in the work directory.
        @WithDefault("17179869184")
        long maxBytes();

        /// How long a conversion finds no room in the work directory of any worker before it fails
        /// for good. Counted anew while another one goes on, which may be what takes the room.
        @WithDefault("1h")
        Duration roomPatience();
    }

    /// Looking after what got lost.
    interface Reconcile {
        /// How often one of the workers looks. A round without a finding is three short queries.
        @WithDefault("1s")
        Duration every();

        /// Jobs sent again in one round.
        @WithDefault("100")
        int batch();

        /// How long a chunk may lie unplanned before another worker plans it.
        @WithDefault("3s")
        Duration planPatience();
    }

    /// Taking out what is older than the history of a session.
    interface History {
        /// How often one of the workers looks. As long as the shortest windows are.
        @WithDefault("1s")
        Duration every();

        /// How much longer than a player may ask for it anything stays, because caches and clocks
        /// differ.
        @WithDefault("15s")
        Duration margin();
    }
}
