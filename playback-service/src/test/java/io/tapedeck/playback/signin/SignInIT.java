package io.tapedeck.playback.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tapedeck.neighbours.NeighboursResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = NeighboursResource.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "tapedeck.sign-in.guesses", value = "3"),
            @ResourceArg(name = "tapedeck.sign-in.guess-every", value = "1H")
        })
class SignInIT {

    @Test
    void theKeyOpensAndTheCookieKeepsOpen() {
        given().get("/api/v1/sign-in").then().statusCode(200).body("owner", equalTo(false));

        Response signedIn = signIn(NeighboursResource.OWNER_KEY);

        assertThat(signedIn.statusCode()).isEqualTo(204);
        var cookie = signedIn.detailedCookie("tapedeck-owner");
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Strict");
        assertThat(cookie.getPath()).isEqualTo("/");
        given().cookie(cookie).get("/api/v1/sign-in").then().body("owner", equalTo(true));
        given().cookie(cookie).get("/api/v1/tasks").then().statusCode(200);

        var out = given().cookie(cookie).post("/api/v1/sign-out");
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.detailedCookie("tapedeck-owner").getMaxAge()).isZero();
        assertThat(out.cookie("tapedeck-owner")).isEmpty();
    }

    @Test
    void guessingIsSlow() {
        for (int i = 0; i < 3; i++) {
            signIn("guess " + i).then().statusCode(401).body("code", equalTo("wrong-key"));
        }
        signIn("guess 4")
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[0-9]{4}"))
                .body("code", equalTo("too-many-guesses"));
    }

    @Test
    void nonsenseIsRefused() {
        for (String body : new String[] {"{}", "[]", "{\"key\": 5", "{\"key\": null}"}) {
            given().contentType("application/json")
                    .body(body)
                    .post("/api/v1/sign-in")
                    .then()
                    .statusCode(400);
        }
    }

    private static Response signIn(String key) {
        return given().contentType("application/json")
                .body(Map.of("key", key))
                .post("/api/v1/sign-in");
    }
}
