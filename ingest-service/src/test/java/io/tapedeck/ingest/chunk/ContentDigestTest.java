package io.tapedeck.ingest.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTest {

    private static final String BASE64 = "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=";
    private static final String HEX =
            "5f8f04f6a3a892aaabbddb6cf273894493773960d4a325b105fee46eef4304f1";

    @Test
    void readsTheExampleOfTheStandard() {
        // RFC 9530, appendix B.1: {"hello": "world"} and a line feed.
        assertThat(ContentDigest.sha256("sha-256=:" + BASE64 + ":")).contains(HEX);
    }

    @Test
    void otherAlgorithmsAndParametersArePassedOver() {
        assertThat(ContentDigest.sha256("md5=:YQ==:, sha-256=:" + BASE64 + ":;a=1")).contains(HEX);
        assertThat(ContentDigest.sha256("sha-512=:YQ==:")).isEmpty();
        assertThat(ContentDigest.sha256(null)).isEmpty();
        assertThat(ContentDigest.sha256(" ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha-256",
                "sha-256=",
                "sha-256=:",
                "sha-256=::",
                "sha-256=:YQ==:",
                "sha-256=:!:",
                "sha-256=" + BASE64,
                "x,sha-256=:YQ==:",
            })
    void whatCannotBeReadIsSaid(String header) {
        assertThatIllegalArgumentException().isThrownBy(() -> ContentDigest.sha256(header));
    }
}
