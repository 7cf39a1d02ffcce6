package io.tapedeck.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents point at exists: links, and folders, files and commands in code spans.
class DocsTest {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");
    private static final Pattern PATH_SPAN =
            Pattern.compile("`(\\./[\\w-]+|[\\w.-]+(?:/[\\w.-]*)+)`");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}(\\./[\\w/-]+)");

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(REPOSITORY.resolve("docs"))) {
            List<Path> found = docs.filter(file -> file.toString().endsWith(".md")).toList();
            return Stream.concat(Stream.of(REPOSITORY.resolve("README.md")), found.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(Path document) throws IOException {
        assertThat(targets(document, LINK))
                .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void commandsCanBeRun(Path document) throws IOException {
        assertThat(targets(document, COMMAND))
                .allSatisfy(command -> assertThat(REPOSITORY.resolve(command)).isExecutable());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void pathsThatStartAtTheTopExist(Path document) throws IOException {
        assertThat(targets(document, PATH_SPAN))
                .filteredOn(path -> startsAtTheTop(path) && !path.contains("target/"))
                .allSatisfy(path -> assertThat(REPOSITORY.resolve(path)).exists());
    }

    private static boolean startsAtTheTop(String path) {
        Path first = Path.of(path).normalize().getName(0);
        return Files.exists(REPOSITORY.resolve(first));
    }

    private static List<String> targets(Path document, Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(document))
                .results()
                .map((MatchResult found) -> found.group(1).strip())
                .toList();
    }
}
