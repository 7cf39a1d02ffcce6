package io.tapedeck.chassis.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private enum Kind implements ProblemKind {
        BUSY;

        @Override
        public String code() {
            return "busy";
        }

        @Override
        public int status() {
            return 503;
        }

        @Override
        public String title() {
            return "Busy";
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    @Test
    void isWrittenFlat() throws Exception {
        var failure =
                new ProblemException(Kind.BUSY, "Come again.")
                        .with("queue", 7)
                        .retryAfter(Duration.ofMillis(1500))
                        .with("place", 3);
        var json = new ObjectMapper();
        assertThat(json.readTree(json.writeValueAsBytes(Problem.of(failure))))
                .isEqualTo(
                        json.readTree(
                                """
                                {"type": "urn:tapedeck:problem:busy", "title": "Busy",
                                 "status": 503, "detail": "Come again.", "code": "busy",
                                 "queue": 7, "place": 3}
                                """));
        assertThat(failure.retryAfter()).contains(Duration.ofMillis(1500));
    }
}
