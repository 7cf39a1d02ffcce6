package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.checker.Checker;
import io.tapedeck.checker.Findings;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A recording of ten minutes whose recorder was started anew every twenty seconds is whole: no
/// part of it is cut off, drifts or is lost, in the segments and in the MP4.
@ExtendWith(Running.class)
@EnabledIfSystemProperty(
        named = "tapedeck.long",
        matches = "true",
        disabledReason = "takes minutes: ./verify --long")
class LongRecordingE2E {

    private static final int RUNS = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir Path folder;

    @Test
    void tenMinutesAreWhole() throws Exception {
        var recording = Recording.read(Running.CORPUS.resolve("chr-webm-vp8-480-t1000"));
        try (var client = new TapedeckClient(Running.url())) {
            OpenSession session = client.open("ten minutes", recording.mimeType());
            int chunks = send(client, session, recording);
            assertThat(client.complete(session, chunks).status()).isEqualTo(202);

            var viewer = new Viewer(client, session.id());
            viewer.await("ready", PATIENCE);
            assertThat(client.session(session.id()).json().path("gaps")).isEmpty();
            Path mp4 = viewer.mp4(folder.resolve("it.mp4"), PATIENCE);
            List<Path> source = recording.writeRuns(folder.resolve("source"));
            Findings findings =
                    new Checker(Files.createDirectory(folder.resolve("checker")))
                            .check(
                                    Collections.nCopies(RUNS, source.getFirst()),
                                    viewer.segments(folder.resolve("segments")),
                                    Optional.of(mp4));
            assertThat(findings.problems()).as(findings.measures().toString()).isEmpty();
        }
    }

    private static int send(TapedeckClient client, OpenSession session, Recording recording) {
        int index = 0;
        for (int run = 0; run < RUNS; run++) {
            for (int part = 0; part < recording.chunks().size(); part++) {
                assertThat(client.putChunk(session, index, run, recording.bytes(part)).status())
                        .isEqualTo(201);
                index++;
            }
        }
        return index;
    }
}
