package io.tapedeck.playback.report;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.playback.Stage;
import io.tapedeck.playback.Told;
import io.tapedeck.transcode.contract.CheckResult;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import io.tapedeck.transcode.contract.TranscodeEvent.Place;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
class ReportIT {

    private static final Check WELL =
            new Check("pictures", CheckResult.PASSED, "All 60 pictures are there.", 0, List.of());
    private static final Check BAD =
            new Check(
                    "stored",
                    CheckResult.FAILED,
                    "Segments are not in the store.",
                    1,
                    List.of(new Place("720p", 180_000, "This part is not in the store.")));
    private static final Gap GAP = new Gap(900_000, 90_000, "Chunk 5 never arrived.");

    @Inject Stage stage;

    @Test
    void aReportComesWhenTheRecordingIsComplete() {
        Told told = Told.ready(stage, 2);
        await().untilAsserted(() ->
                report(told.id)
                        .statusCode(404)
                        .header("Retry-After", notNullValue())
                        .body("code", equalTo("not-yet-checked")));
        told.checked(true, List.of(WELL), List.of(GAP));
        await().untilAsserted(() ->
                report(told.id)
                        .statusCode(200)
                        .body("sessionId", equalTo(told.id))
                        .body("result", equalTo("passed"))
                        .body(
                                "words",
                                equalTo(
                                        "What is listed here is missing. Everything else is here, once and"
                                                + " in its place."))
                        .body("checks.code", contains("pictures"))
                        .body("checks.words", contains("All 60 pictures are there."))
                        .body("missing.startMillis", contains(10_000))
                        .body("missing.durationMillis", contains(1000))
                        .body("missing.reason", contains("Chunk 5 never arrived.")));
    }

    @Test
    void theNewestReportCounts() {
        Told told = Told.ready(stage, 2);
        told.checked(true, List.of(WELL), List.of());
        told.checked(false, List.of(WELL, BAD), List.of());
        await().untilAsserted(() ->
                report(told.id)
                        .statusCode(200)
                        .body("result", equalTo("failed"))
                        .body("words", equalTo("Segments are not in the store."))
                        .body("checks[1].result", equalTo("failed"))
                        .body("checks[1].placeCount", equalTo(1))
                        .body("checks[1].places[0].rendition", equalTo("720p"))
                        .body("checks[1].places[0].startMillis", equalTo(2000)));
    }

    @Test
    void whatIsDeletedHasNoReport() {
        report("unheard-of").statusCode(404).body("code", equalTo("session-not-found"));
        Told told = Told.ready(stage, 1);
        told.checked(true, List.of(WELL), List.of());
        await().untilAsserted(() -> report(told.id).statusCode(200));
        told.hidden();
        await().untilAsserted(() ->
                report(told.id).statusCode(404).body("code", equalTo("session-not-found")));
        told.restored();
        await().untilAsserted(() -> report(told.id).statusCode(200));
        told.removed();
        await().untilAsserted(() ->
                report(told.id).statusCode(404).body("code", equalTo("session-not-found")));
    }

    private static ValidatableResponse report(String sessionId) {
        return given().get("/api/v1/sessions/{id}/report", sessionId).then();
    }
}
