package io.tapedeck.playback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "video/webm; codecs=\"vp8, opus\"     | video/webm               | webm",
                "video/x-matroska;codecs=avc1,opus    | video/x-matroska         | mkv",
                "VIDEO/MP4                            | video/mp4                | mp4",
                "audio/ogg;codecs=opus                | audio/ogg                | ogg",
                "video/strange                        | video/strange            | bin",
                "text/html                            | application/octet-stream | bin",
                "image/svg+xml                        | application/octet-stream | bin",
                "video/webm,text/html                 | application/octet-stream | bin",
                "''                                   | application/octet-stream | bin",
            })
    void passesOnMediaOnly(String mimeType, String contentType, String extension) {
        assertThat(SourceType.of(mimeType)).isEqualTo(new SourceType(contentType, extension));
    }
}
