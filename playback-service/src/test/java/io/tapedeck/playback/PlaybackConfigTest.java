package io.tapedeck.playback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Keys and defaults that people's deployments rely on.
class PlaybackConfigTest {

    @Test
    void defaults() {
        PlaybackConfig config = config(Map.of("TAPEDECK_OWNER_KEY", "secret"));
        assertThat(config.owner().key()).isEqualTo("secret");
        assertThat(config.publicUrl()).isEmpty();
        assertThat(config.cdn().baseUrl()).isEmpty();
        assertThat(config.playlist().endedMaxAge()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.playlist().keptChars()).isEqualTo(16_000_000);
        assertThat(config.playlist().keptWindows()).isEqualTo(100_000);
        assertThat(config.tasks().followEvery()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.tasks().heartbeatEvery()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.signIn().guesses()).isEqualTo(10);
        assertThat(config.signIn().guessEvery()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void whatIsAskedForBeforeItIsRendered() {
        PlaybackConfig.Demand byDefault = config(Map.of("TAPEDECK_OWNER_KEY", "secret")).demand();
        assertThat(byDefault.patience()).isEqualTo(Duration.ofSeconds(20));
        assertThat(byDefault.held()).isEqualTo(500);
        assertThat(byDefault.wanted()).isEqualTo(32);
        assertThat(byDefault.wantedOfSession()).isEqualTo(4);
        assertThat(byDefault.lookEvery()).isEqualTo(Duration.ofMillis(40));
        assertThat(byDefault.lookUpEvery()).isEqualTo(Duration.ofSeconds(1));

        PlaybackConfig.Demand set =
                config(
                                Map.of(
                                        "TAPEDECK_OWNER_KEY", "secret",
                                        "TAPEDECK_DEMAND_PATIENCE", "1S",
                                        "TAPEDECK_DEMAND_HELD", "2",
                                        "TAPEDECK_DEMAND_WANTED", "3",
                                        "TAPEDECK_DEMAND_WANTED_OF_SESSION", "4",
                                        "TAPEDECK_DEMAND_LOOK_EVERY", "5S",
                                        "TAPEDECK_DEMAND_LOOK_UP_EVERY", "6S"))
                        .demand();
        assertThat(set.patience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(set.held()).isEqualTo(2);
        assertThat(set.wanted()).isEqualTo(3);
        assertThat(set.wantedOfSession()).isEqualTo(4);
        assertThat(set.lookEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(set.lookUpEvery()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void keys() {
        PlaybackConfig config =
                config(
                        Map.of(
                                "TAPEDECK_OWNER_KEY", "secret",
                                "TAPEDECK_PUBLIC_URL", "https://tapes.example/",
                                "TAPEDECK_CDN_BASE_URL", "https://cdn.example",
                                "TAPEDECK_PLAYLIST_ENDED_MAX_AGE", "5S",
                                "TAPEDECK_PLAYLIST_KEPT_CHARS", "1",
                                "TAPEDECK_PLAYLIST_KEPT_WINDOWS", "2",
                                "TAPEDECK_TASKS_FOLLOW_EVERY", "1S",
                                "TAPEDECK_TASKS_HEARTBEAT_EVERY", "2S",
                                "TAPEDECK_SIGN_IN_GUESSES", "3",
                                "TAPEDECK_SIGN_IN_GUESS_EVERY", "4S"));
        assertThat(config.publicUrl()).contains("https://tapes.example/");
        assertThat(config.cdn().baseUrl()).contains("https://cdn.example");
        assertThat(config.playlist().endedMaxAge()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.playlist().keptChars()).isEqualTo(1);
        assertThat(config.playlist().keptWindows()).isEqualTo(2);
        assertThat(config.tasks().followEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.tasks().heartbeatEvery()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.signIn().guesses()).isEqualTo(3);
        assertThat(config.signIn().guessEvery()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void theOwnerKeyHasNoDefault() {
        assertThatThrownBy(() -> config(Map.of())).hasMessageContaining("tapedeck.owner.key");
    }

    @Test
    void addressesStartWithWhatIsConfigured() {
        var addresses = new Addresses("https://tapes.example/", "https://cdn.example/");
        assertThat(addresses.masterPlaylist("s"))
                .isEqualTo("https://tapes.example/hls/s/master.m3u8");
        assertThat(addresses.beforeSegment("s", "720p"))
                .isEqualTo("https://cdn.example/hls/s/720p/");
        assertThat(new Addresses("", "").beforeSegment("s", "720p")).isEmpty();
        assertThat(new Addresses("", "").watch("s")).isEqualTo("/watch/s");
    }

    private static PlaybackConfig config(Map<String, String> environment) {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .withSources(new EnvConfigSource(environment, 300))
                        .withConverter(Duration.class, 200, PlaybackConfigTest::duration)
                        .withMapping(PlaybackConfig.class)
                        .build();
        return config.getConfigMapping(PlaybackConfig.class);
    }

    private static Duration duration(String text) {
        return Duration.parse(
                text.endsWith("ms")
                        ? "PT%.3fS".formatted(Integer.parseInt(text.replace("ms", "")) / 1e3)
                        : "PT" + text.toUpperCase(java.util.Locale.ROOT));
    }
}
