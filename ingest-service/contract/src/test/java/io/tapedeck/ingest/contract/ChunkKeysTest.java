package io.tapedeck.ingest.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ChunkKeysTest {

    @Test
    void keysSortByIndexAndStandUnderTheirSession() {
        assertThat(ChunkKeys.attempt("abc", 7, "x")).isEqualTo("chunks/abc/00000007-x");
        assertThat(ChunkKeys.attempt("abc", 10, "a"))
                .isGreaterThan(ChunkKeys.attempt("abc", 9, "z"))
                .startsWith(ChunkKeys.session("abc"));
    }

    @Test
    void keysAreTheSameInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : List.of(Locale.forLanguageTag("ar-EG"), Locale.GERMANY)) {
                Locale.setDefault(locale);
                assertThat(ChunkKeys.attempt("abc", 1234, "x")).isEqualTo("chunks/abc/00001234-x");
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
