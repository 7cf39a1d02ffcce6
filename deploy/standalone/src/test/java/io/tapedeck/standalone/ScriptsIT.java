package io.tapedeck.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The two scripts in the root, with a Maven that only leaves a trace.
class ScriptsIT {

    private static final Path REAL = Path.of("../..");

    @TempDir Path root;

    private record Result(int exitCode, String output) {}

    @BeforeEach
    void makeCheckout() throws IOException {
        for (var file :
                List.of(
                        "tapedeck",
                        "verify",
                        "deploy/standalone/scripts/jdk.sh",
                        "deploy/standalone/scripts/build.sh",
                        "deploy/standalone/scripts/needs.sh",
                        "deploy/standalone/src/main/resources/io/tapedeck/standalone/help.txt")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(REAL.resolve(file), root.resolve(file));
        }
        Files.createDirectories(root.resolve(".mvn"));
        Files.writeString(root.resolve("pom.xml"), "");
        for (var service : List.of("ingest-service", "transcode-worker", "playback-service")) {
            Files.createDirectories(root.resolve(service).resolve("src/main/java"));
        }
        mvnw("echo maven >> calls");
        Files.createDirectories(root.resolve("web-ui"));
        Files.writeString(root.resolve("web-ui/package.json"), "");
        Files.writeString(root.resolve("web-ui/package-lock.json"), "");
        program(
                "bin/npm",
                """
                mkdir -p node_modules dist
                touch node_modules/.package-lock.json dist/index.html
                [ "$2" != check ] || echo '      Tests  5 passed (5)'
                [ "$2" != "$(cat ../failing 2>/dev/null)" ]
                """);
    }

    @Test
    void theSecondStartBuildsNothingAndAChangedSourceIsBuilt() throws Exception {
        mvnw(
                """
                echo maven >> calls
                for jar in deploy/standalone/target/tapedeck-standalone.jar \\
                  ingest-service/target/quarkus-app/quarkus-run.jar \\
                  transcode-worker/target/quarkus-app/quarkus-run.jar \\
                  playback-service/target/quarkus-app/quarkus-run.jar
                do mkdir -p $(dirname $jar); : > $jar; done
                """);
        var source = root.resolve("ingest-service/src/main/java/A.java");
        Files.writeString(source, "class A {}");
        age(source);

        assertThat(run("./tapedeck").output()).contains("Building the services");
        assertThat(run("./tapedeck").output()).doesNotContain("Building");
        assertThat(calls()).isEqualTo(1);

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run("./tapedeck");
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void aFailedBuildShowsItsEndAndStartsNothing() throws Exception {
        mvnw("echo '[ERROR] it is broken'; exit 1");
        var result = run("./tapedeck");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("[ERROR] it is broken").contains("build.log");
    }

    @Test
    void helpNeedsNoBuild() throws Exception {
        var result = run("./tapedeck", "--help");
        assertThat(result).isEqualTo(new Result(0, Options.helpText()));
        assertThat(calls()).isZero();
    }

    @Test
    void aMissingJdkIsToldInOneLine() throws Exception {
        var jdk = root.resolve("deploy/standalone/scripts/jdk.sh");
        Files.writeString(jdk, Files.readString(jdk).replace("least_java=25", "least_java=99"));
        var result = run("./tapedeck");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).hasLineCount(1).contains("JDK 99 or newer").contains("only");
    }

    @Test
    void aMissingNodeIsToldBeforeMavenRuns() throws Exception {
        program("bin/node", "echo false");
        var result = run("./tapedeck");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).hasLineCount(1).contains("Node 20");
        assertThat(calls()).isZero();
    }

    @Test
    void aVerificationThatIsBrokenOffLeavesNoClaimToBeBuilt() throws Exception {
        tests("kill -TERM $(cat verify.pid)");
        var result = run("sh", "-c", "echo $$ > verify.pid; exec ./verify");
        assertThat(result.exitCode()).isEqualTo(130);
        assertThat(root.resolve("target/built-java")).doesNotExist();
    }

    @Test
    void aStartThatIsBrokenOffEndsTheBuildToo() throws Exception {
        mvnw(
                """
                (trap 'echo ended > build.end; exit' TERM; : > begun; while :; do sleep 0.1; done) &
                until [ -e begun ]; do sleep 0.1; done
                kill -TERM $(cat tapedeck.pid)
                wait
                """);
        var result = run("sh", "-c", "echo $$ > tapedeck.pid; exec ./tapedeck");
        assertThat(result.exitCode()).isEqualTo(130);
        assertThat(root.resolve("build.end")).exists();
    }

    @Test
    void verifyCountsWhatRan() throws Exception {
        tests(
                """
                echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in A'
                echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0'
                echo '[WARNING] Tests run: 4, Failures: 0, Errors: 0, Skipped: 1'
                echo "$@" > arguments
                """);
        var result = run("./verify", "--long");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("Summary: 7 tests of the services, 5 of the pages")
                .endsWith("Everything passed.\n");
        assertThat(Files.readString(root.resolve("arguments")))
                .contains("verify", "-DskipITs=false", "-Dtapedeck.long=true");
    }

    @Test
    void verifyNamesWhatMavenFailedAt() throws Exception {
        tests(
                """
                echo '[ERROR] a.BadTest.fails -- Time elapsed: 1 s <<< FAILURE!'
                echo '[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 0'
                echo '[ERROR] Failed to execute goal compile on project b: A.java does not compile'
                exit 1
                """);
        var result = run("./verify");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output().substring(result.output().indexOf("FAILED:")))
                .contains("Services: house rules", "    a.BadTest.fails\n")
                .contains("    Failed to execute goal compile on project b");
    }

    @Test
    void wrongStyleEndsAVerificationBeforeAnythingElseRuns() throws Exception {
        mvnw("echo \"$@\" >> calls; echo '[ERROR] A.java is not formatted'; exit 1");
        var result = run("./verify");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("A.java is not formatted", "spotless:apply");
        assertThat(Files.readString(root.resolve("calls"))).hasLineCount(1).contains("validate");
    }

    @Test
    void verifyFailsWhenAStepOfThePagesDoes() throws Exception {
        tests("echo '[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0'");
        for (var step : List.of("check", "build", "e2e")) {
            Files.writeString(root.resolve("failing"), step);
            assertThat(run("./verify").exitCode()).as(step).isEqualTo(1);
        }
    }

    @Test
    void verifyFailsWhenNothingRan() throws Exception {
        tests("echo BUILD SUCCESS");
        var result = run("./verify");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("no test of the services ran");
    }

    @Test
    void verifyRefusesWhatItDoesNotKnow() throws Exception {
        assertThat(run("./verify", "--quick").exitCode()).isEqualTo(1);
    }

    private Result run(String... command) throws Exception {
        var output = root.resolve("output.txt");
        var builder = new ProcessBuilder(command).directory(root.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", root.resolve("bin") + ":", (old, bin) -> bin + old);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        var process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(output));
    }

    /// What Maven does when it is not only asked for the style.
    private void tests(String script) throws IOException {
        mvnw("case $* in *validate*) exit ;; esac\n" + script);
    }

    private void mvnw(String script) throws IOException {
        program("mvnw", script);
    }

    private void program(String name, String script) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "#!/bin/sh\n" + script,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private long calls() throws IOException {
        var calls = root.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    /// Everything was written a while ago.
    private void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        Files.setLastModifiedTime(file.getParent(), FileTime.from(Instant.now().minusSeconds(60)));
    }
}
