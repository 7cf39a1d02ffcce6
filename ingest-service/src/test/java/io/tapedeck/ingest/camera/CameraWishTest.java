package io.tapedeck.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraWishTest {

    private static final String URL = "http://camera.example:8080/stream";

    @Test
    void whatIsNotSaidIsTwoSecondsAndADay() {
        CameraWish wish = CameraWish.of(" Door ", " " + URL + " ", null, null);
        assertThat(wish.name()).isEqualTo("Door");
        assertThat(wish.url().secret()).hasToString(URL);
        assertThat(wish.segmentSeconds()).isEqualTo(2);
        assertThat(wish.historySeconds()).isEqualTo(86_400);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "10, 30", "2, 200000", "10, 1000000"})
    void whatIsAllowedIsTaken(int segmentSeconds, long historySeconds) {
        CameraWish wish = CameraWish.of("Door", URL, segmentSeconds, historySeconds);
        assertThat(wish.segmentSeconds()).isEqualTo(segmentSeconds);
        assertThat(wish.historySeconds()).isEqualTo(historySeconds);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 30, segmentSeconds",
        "11, 30, segmentSeconds",
        "2, -1, historySeconds",
        "2, 29, historySeconds",
        "2, 200001, historySeconds",
        "1, 100001, historySeconds",
    })
    void numbersOutOfBoundsAreRefused(int segmentSeconds, long historySeconds, String field) {
        ProblemException refusal =
                refused(() -> CameraWish.of("Door", URL, segmentSeconds, historySeconds));
        assertThat(refusal.kind()).isEqualTo(IngestProblem.CAMERA_INVALID);
        assertThat(refusal.extensions()).containsEntry("field", field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\0b"})
    void aNameMustBeReadable(String name) {
        ProblemException refusal = refused(() -> CameraWish.of(name, URL, null, null));
        assertThat(refusal.extensions()).containsEntry("field", "name");
    }

    @Test
    void longNamesAndAddressesAreRefused() {
        assertThat(refused(() -> CameraWish.of("n".repeat(201), URL, null, null)).extensions())
                .containsEntry("field", "name");
        String longUrl = URL + "?" + "a".repeat(2000);
        assertThat(refused(() -> CameraWish.of("Door", longUrl, null, null)).extensions())
                .containsEntry("field", "url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://",
                "http:///stream",
                "http:stream",
                "http://a b/",
                "rtsp://cam/#x",
                "concat:a|b",
                "http://user:p@ss@cam/",
                "http://ca_m:port/"
            })
    void whatIsNoAddressIsRefused(String url) {
        ProblemException refusal = refused(() -> CameraWish.of("Door", url, null, null));
        assertThat(refusal.kind()).isEqualTo(IngestProblem.CAMERA_INVALID);
        assertThat(refusal.extensions()).containsEntry("field", "url");
        assertThat(refusal.getMessage()).doesNotContain("p@ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "/etc/passwd",
                "gopher://cam/",
                "tcp://cam:1",
                "data:video/mp4;base64,AAAA"
            })
    void whatIsNotPulledIsRefused(String url) {
        ProblemException refusal = refused(() -> CameraWish.of("Door", url, null, null));
        assertThat(refusal.kind()).isEqualTo(IngestProblem.CAMERA_ADDRESS_REFUSED);
    }

    private static ProblemException refused(Runnable wish) {
        return catchThrowableOfType(ProblemException.class, wish::run);
    }
}
