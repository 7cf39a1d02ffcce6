package io.tapedeck.chassis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnerKeyTest {

    private static final String KEY = "0123456789abcdef";

    private final OwnerKey key = OwnerKey.of(Optional.of(KEY));

    @Test
    void opensWithTheHeaderOrTheCookie() {
        assertThat(key.opens("Bearer " + KEY, null)).isTrue();
        assertThat(key.opens("bearer  " + KEY + " ", null)).isTrue();
        assertThat(key.opens(null, KEY)).isTrue();
        assertThat(key.opens("Bearer other", KEY)).isTrue();
    }

    @Test
    void staysShutForEverythingElse() {
        assertThat(key.opens(null, null)).isFalse();
        assertThat(key.opens(KEY, null)).isFalse();
        assertThat(key.opens("Basic " + KEY, null)).isFalse();
        assertThat(key.opens("Bearer", "")).isFalse();
        assertThat(key.opens("Bearer " + KEY + "0", null)).isFalse();
        assertThat(key.opens("Bearer 0123456789abcdeF", null)).isFalse();
    }

    @Test
    void withoutAKeyNobodyIsTheOwner() {
        OwnerKey none = OwnerKey.of(Optional.empty());
        assertThat(none.opens("")).isFalse();
        assertThat(none.opens("Bearer ", "")).isFalse();
    }

    @Test
    void aKeyThatCanBeGuessedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerKey.of(Optional.of(KEY.substring(1))))
                .withMessageContaining("TAPEDECK_OWNER_KEY");
    }
}
