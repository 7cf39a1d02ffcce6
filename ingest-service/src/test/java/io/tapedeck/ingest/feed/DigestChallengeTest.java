package io.tapedeck.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestChallengeTest {

    /// RFC 7616 §3.9.1.
    @Test
    void answersAsTheStandardDoes() {
        String asked =
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        String cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        assertThat(answer(asked.formatted("MD5"), cnonce))
                .contains("response=\"8ca523f5e9506fed4657c9700eebdbec\"")
                .contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
        assertThat(answer(asked.formatted("SHA-256"), cnonce))
                .contains(
                        "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"");
    }

    @Test
    void takesOnlyWhatItKnows() {
        assertThat(DigestChallenge.parse("Basic realm=\"x\"")).isEmpty();
        assertThat(DigestChallenge.parse("Digest realm=\"x\"")).isEmpty();
        assertThat(DigestChallenge.parse("Digest realm=\"x\", nonce=\"y\", algorithm=X")).isEmpty();
        assertThat(DigestChallenge.parse("Digest realm=x,nonce=\"y\"")).isPresent();
    }

    private static String answer(String challenge, String cnonce) {
        return DigestChallenge.parse(challenge)
                .orElseThrow()
                .answer("Mufasa", "Circle of Life", "GET", "/dir/index.html", cnonce);
    }
}
