package io.tapedeck.playback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"a\"               | \"a\"   | true",
                "W/\"a\"             | \"a\"   | true",
                "\"a\"               | W/\"a\" | true",
                "\"b\", W/\"a\",\"c\" | \"a\"   | true",
                "*                   | \"a\"   | true",
                "\"b\"               | \"a\"   | false",
                "a                   | \"a\"   | false",
                "                    | \"a\"   | false",
            })
    void comparesWeakly(String header, String tag, boolean matches) {
        assertThat(EntityTags.anyMatches(header, tag)).isEqualTo(matches);
    }
}
