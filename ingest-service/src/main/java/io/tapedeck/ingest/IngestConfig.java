package io.tapedeck.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What can be configured here, beside the framework's own keys.
@ConfigMapping(prefix = "tapedeck.ingest")
public interface IngestConfig {

    /// Origin put in front of the addresses handed out, for example `https://tape.example.org`.
    /// Without it they start with the origin the request was sent to.
    Optional<String> publicUrl();

    /// Not read here (the chassis does), only demanded: without it nobody could open a session.
    String ownerKey();

    Limits limits();

    Silence silence();

    Deletion deletion();

    Orphans orphans();

    Uploads uploads();

    Frames frames();

    Cameras cameras();

    History history();

    /// What one client, and all together, may ask for.
    interface Limits {

        /// Longest chunk. A browser's are 0.1 to 1 MB; a client that cannot cut smaller pieces has
        /// room for a minute of 4 Mbit/s.
        @WithDefault("33554432")
        long chunkBytes();

        /// All chunks of a session together.
        @WithDefault("68719476736")
        long sessionBytes();

        /// Chunks in a session: eleven days of one a second.
        @WithDefault("1000000")
        long sessionChunks();

        /// Highest run number.
        @WithDefault("100000")
        int runs();

        /// Sessions that may take chunks at one time.
        @WithDefault("200")
        int openSessions();

        /// Files that are on their way at one time, among them those whose client is away.
        @WithDefault("1000")
        int openUploads();

        /// Uploads of one session at one time.
        @WithDefault("16")
        int uploadsPerSession();

        /// From the first byte of a chunk to its last. The longest chunk takes as long at 1 Mbit/s;
        /// a client that drips holds its memory no longer.
        @WithDefault("5m")
        Duration uploadTime();

        /// Memory for the parts of objects that are on their way to the store, at most a quarter of
        /// the heap, because buffers grow by doubling. An upload waits for its share, then is told
        /// to come again; one session holds at most a quarter of it.
        @WithDefault("134217728")
        long bufferBytes();

        /// How long an upload waits for memory.
        @WithDefault("2s")
        Duration bufferTimeout();
    }

    /// What silence means.
    interface Silence {

        /// Quiet for this long: interrupted. Chunks of a slow recorder can be 10 s apart.
        @WithDefault("15s")
        Duration interruptedAfter();

        /// Quiet for this long: nobody comes back, the server completes it.
        @WithDefault("30m")
        Duration completedAfter();

        /// How often that is looked at.
        @WithDefault("2s")
        Duration every();
    }

    /// What deleting means.
    interface Deletion {

        /// How long a deleted session can be restored.
        @WithDefault("10m")
        Duration undo();

        /// How often sessions beyond that are looked for.
        @WithDefault("10s")
        String every();
    }

    /// Objects of attempts that no row selected: uploads that a crash cut short.
    interface Orphans {

        /// Younger ones may still be selected. Far longer than any request can take.
        @WithDefault("1h")
        Duration safeAge();

        /// How often they are looked for. Lists the whole chunk log, so not often.
        @WithDefault("1h")
        String every();
    }

    /// Files that come as one stream and are cut into chunks here.
    interface Uploads {

        /// Length of the pieces that a stream is cut into. Above 5 MiB the store takes four
        /// requests for each instead of one.
        @WithDefault("4194304")
        long pieceBytes();

        /// A shorter piece, which a cut or a slow client leaves, is continued by the next bytes, so
        /// that small requests make no small chunks. That much is read and written again at most
        /// for each request.
        @WithDefault("1048576")
        long leastPieceBytes();

        /// After this, what came of a piece is stored, full or not: a crash takes no more from a
        /// slow client.
        @WithDefault("10s")
        Duration pieceTime();

        /// How long an upload waits for memory. Meanwhile its bytes stay in the network.
        @WithDefault("20s")
        Duration bufferTimeout();

        /// An unfinished upload is kept this long after its last byte: a machine that is closed on
        /// Friday goes on on Monday, and a person who comes back after a week begins anew.
        @WithDefault("7d")
        Duration expiry();

        /// How often expired ones are looked for.
        @WithDefault("1m")
        String every();
    }

    /// Pictures and sound over a WebSocket.
    interface Frames {

        /// Whether clients that show no key may send. They hear no recording but the one below.
        @WithDefault("false")
        boolean open();

        /// Name of the recording that is played to whoever does not say which. Without one the
        /// newest is played, and that only to the owner.
        Optional<String> playbackRecording();

        /// Connections at one time. Each may hold some messages of the largest size.
        @WithDefault("64")
        int connections();

        /// Longest picture: eight times what a good one of 1080p takes. A message may be 4/3 of it.
        @WithDefault("2097152")
        int frameBytes();

        /// What a client may send in the long run, after a burst of ten seconds; who sends more is
        /// read later and later. 15 pictures and sound as browsers hand it out, 128 samples at a
        /// time, are 360.
        @WithDefault("1000")
        int messagesPerSecond();

        /// So much of a recording is not stored yet, and is lost if this process dies; pictures
        /// whose sound has not come yet wait once more as long.
        @WithDefault("1s")
        Duration batchTime();

        /// Above it, a chunk is stored earlier.
        @WithDefault("4194304")
        long batchBytes();

        /// Memory for what is not stored yet, of all connections, at most a sixth of the heap.
        @WithDefault("67108864")
        long bufferBytes();

        /// A recording whose process gives no sign of life for so long is completed by another one.
        @WithDefault("20s")
        Duration lease();

        /// How often such are looked for.
        @WithDefault("5s")
        String every();

        /// How long a client waits for a store that is away, before it is told and sent away.
        @WithDefault("1m")
        Duration storePatience();

        /// A client that answers no ping for so long is gone.
        @WithDefault("45s")
        Duration silence();
    }

    /// Addresses that bytes are pulled from around the clock.
    interface Cameras {

        /// Where they may be: ranges (`192.168.7.0/24`), hosts, `private` (RFC 1918, RFC 4193),
        /// `public`. Loopback, link-local and the like only by a range that lies inside. Without
        /// any there are no cameras: this service reaches more than those who may add one.
        Optional<List<String>> allow();

        /// Never a camera, whatever is allowed, besides our database, broker, store and this
        /// service's own door: `host:port` each.
        Optional<List<String>> refuse();

        /// Whether this process pulls any. Others may, while this one only answers.
        @WithDefault("true")
        boolean pull();

        /// Cameras at one time, of all processes.
        @WithDefault("100")
        int total();

        /// Cameras that one process pulls. Those above it wait for another process.
        @WithDefault("50")
        int perInstance();

        /// A camera whose process gives no sign of life for so long is pulled by another one. With
        /// the time to notice and to connect that makes less than fifteen seconds.
        @WithDefault("10s")
        Duration lease();

        /// How often each process looks for cameras that nobody pulls.
        @WithDefault("1s")
        String every();

        /// Memory for what came and is not stored yet, of all cameras, at most a sixth of the heap.
        /// When it is full, cameras wait.
        @WithDefault("67108864")
        long bufferBytes();

        /// After so many chunks a camera whose old ones are forgotten goes on in another session:
        /// about four months. One that keeps everything does so at the limit of all sessions.
        @WithDefault("20000000")
        long slidingChunks();

        /// After so long another part begins although the camera stays connected: the times of a
        /// part go by the camera's clock, which runs away from ours by seconds a day.
        @WithDefault("24h")
        Duration longestRun();

        /// Takes HLS, MPEG-TS and RTSP apart. Motion JPEG needs none.
        @WithDefault("ffmpeg")
        String ffmpegPath();
    }

    /// Sessions without end, of which only the newest is kept.
    interface History {

        /// How much longer chunks are kept than what is made of them is to be seen: a worker that
        /// comes back finds the bytes of everything that it still has to show.
        @WithDefault("60s")
        Duration margin();

        /// How often what has become too old is looked for.
        @WithDefault("10s")
        String every();

        /// Chunks of a part that is saved, which is one transaction: more than three hours.
        @WithDefault("25000")
        int savedChunks();
    }
}
