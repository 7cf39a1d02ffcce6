package io.tapedeck.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.standalone.door.Route;
import io.tapedeck.standalone.door.RouteTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// Reads the compose file, the Dockerfile and the web server's configuration, since there is not
/// always a container engine to run them.
class ComposeTest {

    private static final Path ROOT = Path.of("../..");

    /// A name, a tag with a digit in it, perhaps a digest: never `latest`, never nothing.
    private static final Pattern PINNED =
            Pattern.compile("[a-z0-9./-]+:(?!latest)[\\w.-]*\\d[\\w.-]*(@sha256:[0-9a-f]{64})?");

    private static final List<String> OURS =
            List.of("ingest-service", "transcode-worker", "playback-service");

    private final Map<String, Map<String, Object>> services = services();

    @Test
    void theWholeSystemIsThere() {
        assertThat(services.keySet())
                .containsAll(OURS)
                .contains("web", "postgres", "kafka", "minio");
    }

    @Test
    void imagesArePinned() throws IOException {
        services.forEach((name, service) -> {
            if (!service.containsKey("build")) {
                assertThat(String.valueOf(service.get("image"))).as(name).matches(PINNED);
            }
        });
        var stages = new ArrayList<String>();
        for (var line : Files.readAllLines(ROOT.resolve("deploy/compose/Dockerfile"))) {
            if (line.startsWith("FROM ")) {
                var image = line.split(" ")[1];
                assertThat(stages.contains(image) || PINNED.matcher(image).matches())
                        .as(line)
                        .isTrue();
                stages.add(line.replaceAll(".* AS ", ""));
            }
        }
        assertThat(stages).containsAll(OURS).contains("web");
    }

    @Test
    void everyServiceIsAskedForItsHealthAndWaitsForThatOfOthers() {
        services.forEach((name, service) -> {
            assertThat(service).as(name).containsKey("healthcheck");
            map(service.getOrDefault("depends_on", Map.of()))
                    .forEach((other, how) ->
                            assertThat(map(how))
                                    .as(name + " waits for " + other)
                                    .containsEntry("condition", "service_healthy"));
        });
        OURS.forEach(name ->
                assertThat(map(services.get(name).get("depends_on")))
                        .as(name)
                        .containsKeys("postgres", "kafka", "minio"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest-service", "transcode-worker", "playback-service"})
    void everyVariableIsOneThatTheServiceKnowsAndNoneIsMissing(String name) {
        var keys = ServiceKeys.of(ROOT, name, "ingest-service/chassis", "transcode-worker/ffmpeg");
        var variables = map(services.get(name).get("environment")).keySet();
        assertThat(variables).isSubsetOf(keys.variables());
        assertThat(variables).containsAll(keys.requiredVariables());
    }

    @Test
    void noSecretHasADefault() throws IOException {
        var compose = Files.readString(ROOT.resolve("docker-compose.yml"));
        var secrets =
                Pattern.compile("^\\s+\\w*(PASSWORD|KEY|ROOT_USER): *(.*)$", Pattern.MULTILINE)
                        .matcher(compose)
                        .results()
                        .map(found -> found.group(2))
                        .toList();
        assertThat(secrets)
                .hasSizeGreaterThan(5)
                .allMatch(value -> value.matches("\\$\\{\\w+:\\?.*}"));
    }

    @Test
    void theExampleNamesEveryVariableOfTheComposeFile() throws IOException {
        var example = Files.readString(ROOT.resolve("deploy/compose/.env.example"));
        Pattern.compile("\\$\\{(\\w+)")
                .matcher(Files.readString(ROOT.resolve("docker-compose.yml")))
                .results()
                .forEach(found -> assertThat(example).contains(found.group(1) + "="));
    }

    @Test
    void workersCanBeScaled() {
        assertThat(services.get("transcode-worker"))
                .doesNotContainKeys("container_name", "ports", "hostname");
    }

    @Test
    void theWebServerHasTheRoutesOfTheFrontDoor() throws IOException {
        var caddyfile = Files.readString(ROOT.resolve("deploy/compose/Caddyfile"));
        var matchers =
                Pattern.compile(
                                "@(\\w+) \\{\\s*(?:method ([A-Z ]+)\\s*)?path_regexp (\\S+)\\s*(header_regexp Upgrade \\(\\?i\\)\\^websocket\\$\\s*)?}")
                        .matcher(caddyfile)
                        .results()
                        .map(found ->
                                List.of(
                                        found.group(1),
                                        words(found.group(2)),
                                        found.group(3),
                                        found.group(4) != null))
                        .toList();
        var proxied =
                Pattern.compile("reverse_proxy @(\\w+) ([\\w-]+):8080")
                        .matcher(caddyfile)
                        .results()
                        .map(found -> List.of(found.group(1), found.group(2)))
                        .toList();
        assertThat(matchers)
                .isEqualTo(RouteTable.routes().stream().map(ComposeTest::matcher).toList());
        assertThat(proxied)
                .isEqualTo(
                        RouteTable.routes().stream()
                                .map(route -> List.of(route.name(), route.target().title()))
                                .toList());
    }

    private static List<Object> matcher(Route route) {
        return List.of(
                route.name(),
                Set.copyOf(route.methods()),
                route.path().pattern(),
                route.isUpgrade());
    }

    private static Set<String> words(String text) {
        return text == null ? Set.of() : Set.of(text.strip().split(" "));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        try (var in = Files.newInputStream(ROOT.resolve("docker-compose.yml"))) {
            Map<String, Object> file = new Yaml().load(in);
            return (Map<String, Map<String, Object>>) file.get("services");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
