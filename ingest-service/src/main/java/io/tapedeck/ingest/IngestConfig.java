package io.tapedeck.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
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
}
