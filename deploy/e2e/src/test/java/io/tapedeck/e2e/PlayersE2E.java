package io.tapedeck.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapedeck.checker.Playlist;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Players that people have play a recording of several runs to its end: they fetch every segment
/// of one rendition or another, complain of nothing, and end by themselves. They play side by side,
/// because some know no hurry.
@ExtendWith(Running.class)
class PlayersE2E {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Pattern SEGMENT = Pattern.compile(".*/(\\d+)-[^/]*\\.ts");

    @TempDir static Path folder;

    private static final Map<Player, Process> STARTED = new EnumMap<>(Player.class);
    private static TapedeckClient client;
    private static FetchLog log;
    private static OpenSession session;

    /// @param complaints what is wrong when it says this
    /// @param harmless unless it is this
    enum Player {
        FFPLAY(
                "ffplay",
                // All it says at this level is an error, except for the line with the time.
                ".+",
                "[0-9. na]+ ([AVM]-[AV]|   )[: ].*|    nan    :.*",
                "env",
                "SDL_VIDEODRIVER=dummy",
                "SDL_AUDIODRIVER=dummy",
                "ffplay",
                "-v",
                "error",
                "-stats",
                "-autoexit"),
        MPV(
                "mpv",
                ".+",
                "",
                "mpv",
                "--no-config",
                "--vo=null",
                "--ao=null",
                "--speed=4",
                "--quiet",
                "--msg-level=all=error"),
        MPLAYER(
                "mplayer",
                "(?i).*(error|failed|not found|cannot read).*",
                "(?i).*joystick.*",
                "mplayer",
                "-noconfig",
                "all",
                "-vo",
                "null",
                "-ao",
                "null",
                "-nolirc",
                "-benchmark",
                "-demuxer",
                "lavf"),
        VLC(
                "cvlc",
                "(?i).*(error|failed).*",
                // No screen; tables whose counter starts anew in each segment; and a picture or two
                // that VLC 3 still decodes when it has set its clock for another run.
                ".*(interface|libdvbpsi error|no reference clock|Could not convert timestamp"
                        + "|get_buffer\\(\\) failed|decode_slice_header error).*",
                "cvlc",
                "-I",
                "dummy",
                "--vout=dummy",
                "--aout=adummy",
                "--rate=4",
                "--play-and-exit"),
        GSTREAMER(
                "gst-play-1.0",
                "(?i).*(error|warning).*",
                "",
                // In real time. Without a clock its sound runs ahead of its pictures, and where it
                // pauses to fill its buffers it may then wait for ever: for sound that comes
                // behind pictures for which there is no room (GStreamer 1.22).
                "gst-play-1.0",
                "--no-interactive",
                "--videosink=fakesink sync=true",
                "--audiosink=fakesink sync=true");

        private final String program;
        private final Pattern complaints;
        private final Pattern harmless;
        private final List<String> command;

        Player(String program, String complaints, String harmless, String... command) {
            this.program = program;
            this.complaints = Pattern.compile(complaints);
            this.harmless = Pattern.compile(harmless);
            this.command = List.of(command);
        }

        boolean isInstalled() {
            return Stream.of(System.getenv("PATH").split(":", -1))
                    .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        }

        Process start(Path output) throws IOException {
            var whole = new ArrayList<>(command);
            if (this == VLC && System.getProperty("user.name").equals("root")) {
                whole.addAll(0, List.of("runuser", "-u", "nobody", "--", "env", "HOME=/tmp"));
            }
            String scheme = this == MPLAYER ? "ffmpeg://" : "";
            whole.add(scheme + log.address(name(), master()));
            return new ProcessBuilder(whole)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        }

        List<String> complaints(String output) {
            return output.lines()
                    .flatMap(line -> Stream.of(line.split("\r", -1)))
                    .filter(line -> !line.isBlank())
                    .filter(line -> complaints.matcher(line).matches())
                    .filter(line -> !harmless.matcher(line).matches())
                    .toList();
        }
    }

    @BeforeAll
    static void startAll() throws IOException {
        client = new TapedeckClient(Running.url());
        var recording = Recording.read(Running.CORPUS.resolve("chr-webm-vp8-restart5s"));
        session = Uploads.IN_ORDER.send(client, recording);
        new Viewer(client, session.id()).await("ready", PATIENCE);
        log = FetchLog.before(Running.url());
        for (Player player : Player.values()) {
            if (player.isInstalled()) {
                STARTED.put(player, player.start(output(player)));
            }
        }
    }

    @AfterAll
    static void stopAll() {
        STARTED.values().forEach(Process::destroyForcibly);
        log.close();
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void playsToTheEnd(Player player) throws Exception {
        if (!player.isInstalled()) {
            String sentence = "NOT TRIED: %s is not installed.".formatted(player.program);
            System.out.println(sentence);
            assumeTrue(false, sentence);
        }
        Process process = requireNonNull(STARTED.get(player));
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
        String said = Files.readString(output(player));
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(player.complaints(said)).isEmpty();
        Playlist best = new Viewer(client, session.id()).playlist().orElseThrow();
        assertThat(best.entries()).anyMatch(Playlist.Entry::discontinuity);
        assertThat(windows(log.fetchedBy(player.name()).stream()))
                .containsAll(windows(best.entries().stream().map(entry -> entry.uri().getPath())));
    }

    /// Numbers of the windows that segments' paths begin their names with. Players change between
    /// renditions, whose windows are the same.
    private static Set<Integer> windows(Stream<String> paths) {
        return paths.map(SEGMENT::matcher)
                .filter(Matcher::matches)
                .map(segment -> Integer.valueOf(segment.group(1)))
                .collect(Collectors.toSet());
    }

    private static Path output(Player player) {
        return folder.resolve(player + ".out");
    }

    private static String master() {
        return "/hls/%s/master.m3u8".formatted(session.id());
    }
}
