package io.tapedeck.playback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.playback.delivery.ByteSelection.Part;
import io.tapedeck.playback.delivery.ByteSelection.Unsatisfiable;
import io.tapedeck.playback.delivery.ByteSelection.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSelectionTest {

    private static final String TAG = "\"v1\"";

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,         0,  0",
        "bytes=0-99,        0, 99",
        "bytes=10-19,      10, 19",
        "bytes=90-200,     90, 99",
        "bytes=99-,        99, 99",
        "bytes=0-,          0, 99",
        "bytes=-1,         99, 99",
        "bytes=-100,        0, 99",
        "bytes=-1000,       0, 99",
        "BYTES=5-6,         5,  6",
        "' bytes = 5-6 ',   5,  6",
    })
    void onePart(String range, long first, long last) {
        assertThat(of(range, 100)).isEqualTo(new Part(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"})
    void nothingOfIt(String range) {
        assertThat(of(range, 100)).isEqualTo(new Unsatisfiable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,3-4",
                "bytes=-",
                "bytes=5-4",
                "bytes=a-b",
                "bytes=1",
                "seconds=0-1",
                "bytes=--5",
                "bytes=99999999999999999999999999-",
                ""
            })
    void whatIsNotASingleRangeIsIgnored(String range) {
        assertThat(of(range, 100)).isEqualTo(new Whole());
    }

    @Test
    void noRangeIsTheWhole() {
        assertThat(ByteSelection.of(null, null, TAG, 100)).isEqualTo(new Whole());
    }

    @Test
    void nothingOfNothing() {
        assertThat(of("bytes=0-", 0)).isEqualTo(new Unsatisfiable());
        assertThat(of("bytes=-5", 0)).isEqualTo(new Unsatisfiable());
    }

    @Test
    void ofAnotherVersionTheWhole() {
        assertThat(ByteSelection.of("bytes=1-2", TAG, TAG, 100)).isEqualTo(new Part(1, 2));
        assertThat(ByteSelection.of("bytes=1-2", "\"v0\"", TAG, 100)).isEqualTo(new Whole());
        assertThat(ByteSelection.of("bytes=1-2", "W/" + TAG, TAG, 100)).isEqualTo(new Whole());
        assertThat(ByteSelection.of("bytes=1-2", "Sun, 01 Mar 2026 10:00:00 GMT", TAG, 100))
                .isEqualTo(new Whole());
    }

    private static ByteSelection of(String range, long sizeBytes) {
        return ByteSelection.of(range, null, TAG, sizeBytes);
    }
}
