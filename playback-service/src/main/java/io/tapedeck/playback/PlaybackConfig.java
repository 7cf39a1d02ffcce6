package io.tapedeck.playback;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// Everything about this service that can be set, beside what the chassis and the framework read.
@ConfigMapping(prefix = "tapedeck")
public interface PlaybackConfig {

    /// Origin put in front of addresses handed out, e.g. `https://tapes.example.org`. Without it
    /// they are absolute paths, right wherever the front door is.
    Optional<String> publicUrl();

    Owner owner();

    Cdn cdn();

    Playlist playlist();

    Demand demand();

    Tasks tasks();

    SignIn signIn();

    /// Who may do everything.
    interface Owner {

        /// The owner's secret, 16 characters or more. No default: a known key is none.
        String key();
    }

    /// A content delivery network in front of the segments.
    interface Cdn {

        /// Origin put in front of segment addresses. Playlists stay here: they change.
        Optional<String> baseUrl();
    }

    /// How long others may keep a playlist.
    interface Playlist {

        /// Once nothing will be added. Short, because deleting a session hides it at once here but
        /// not in caches.
        @WithDefault("30s")
        Duration endedMaxAge();

        /// Written playlists kept in memory, in characters: some hundred hours of media. A playlist
        /// is the same for all its viewers.
        @WithDefault("16000000")
        long keptChars();

        /// What playlists list, kept in memory, in windows: some 30 MB. A camera's day is 43,200
        /// windows of two seconds in each rendition.
        @WithDefault("100000")
        long keptWindows();
    }

    /// What is asked for before it is rendered.
    interface Demand {

        /// How long a request for it is held. As long as players wait for the first byte: hls.js is
        /// told to in our page, and asks again everywhere else.
        @WithDefault("20s")
        Duration patience();

        /// Requests held at one time; the next one is told to come back.
        @WithDefault("500")
        int held();

        /// The same of one session: whoever has a link must leave room for the others.
        @WithDefault("125")
        int heldOfSession();

        /// Windows that the workers are asked for at one time. More wait here, so that what is
        /// asked for last is not behind minutes of work.
        @WithDefault("32")
        int wanted();

        /// The same of one session: whoever has a link can have its windows rendered.
        @WithDefault("4")
        int wantedOfSession();

        /// How often the rows are looked at for what is awaited; any instance may have heard of it.
        @WithDefault("40ms")
        Duration lookEvery();

        /// How often a held request looks whether its client and its session are still there.
        @WithDefault("1s")
        Duration lookUpEvery();
    }

    /// How tasks are followed.
    interface Tasks {

        /// How often a followed task's row is read. Any instance may have changed it.
        @WithDefault("250ms")
        Duration followEvery();

        /// How often a follower hears something although nothing changed; also how soon one that
        /// went away silently is noticed.
        @WithDefault("10s")
        Duration heartbeatEvery();
    }

    /// How wrong owner keys are slowed down.
    interface SignIn {

        /// Wrong keys that one address may try in a row.
        @WithDefault("10")
        int guesses();

        /// How long it takes to earn one more.
        @WithDefault("6s")
        Duration guessEvery();
    }
}
