package io.tapedeck.ingest.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class UploadTokenTest {

    private final SecureRandom random = new SecureRandom();

    @Test
    void aTokenIs256BitsAndFitsOnlyItself() {
        String token = UploadToken.random(random);
        assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32);
        assertThat(UploadToken.fits(token, UploadToken.sha256(token))).isTrue();
        assertThat(UploadToken.fits(token + "x", UploadToken.sha256(token))).isFalse();
        assertThat(UploadToken.fits("", UploadToken.sha256(token))).isFalse();
        assertThat(UploadToken.random(random)).isNotEqualTo(token);
    }

    @Test
    void anIdCanStandInAnAddressAndIsNotMadeTwice() {
        assertThat(UploadToken.randomSessionId(random))
                .matches("[0-9a-hjkmnp-tv-z]{26}")
                .isNotEqualTo(UploadToken.randomSessionId(random));
    }
}
