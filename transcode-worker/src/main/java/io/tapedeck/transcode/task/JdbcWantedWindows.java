package io.tapedeck.transcode.task;

import io.tapedeck.transcode.contract.TranscodeCommand;
import io.tapedeck.transcode.database.JdbcDatabase;
import io.tapedeck.transcode.ladder.JdbcFront;
import io.tapedeck.transcode.story.StoryPublisher;
import java.time.Clock;

/// Windows that somebody waits for: they leave the backlog, in the one rendition that is watched.
final class JdbcWantedWindows {

    /// Behind the one that was asked for, because a player goes on there. Few, because somebody who
    /// looks for a place goes on somewhere else.
    static final int NEIGHBOURS = 3;

    private final JdbcDatabase database;
    private final StoryPublisher story;
    private final Clock clock;

    JdbcWantedWindows(JdbcDatabase database, StoryPublisher story, Clock clock) {
        this.database = database;
        this.story = story;
        this.clock = clock;
    }

    void move(TranscodeCommand.Want want) {
        database.transaction(rows -> {
            new JdbcFront(rows, story)
                    .move(
                            want.sessionId(),
                            want.rendition(),
                            want.generation(),
                            want.window(),
                            want.window() + NEIGHBOURS,
                            clock.instant());
            return want;
        });
    }
}
