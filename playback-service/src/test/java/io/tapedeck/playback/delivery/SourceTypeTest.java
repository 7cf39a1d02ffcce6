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
                "audio/mp4                            | audio/mp4                | m4a",
                "audio/mpeg                           | audio/mpeg               | mp3",
                "video/x-msvideo                      | video/x-msvideo          | avi",
                "video/x-ms-wmv                       | video/x-ms-wmv           | wmv",
                "audio/x-flac                         | audio/x-flac             | flac",
                "video/strange                        | video/strange            | bin",
                "text/html                            | application/octet-stream | bin",
                "image/svg+xml                        | application/octet-stream | bin",
                "video/webm,text/html                 | application/octet-stream | bin",
                "''                                   | application/octet-stream | bin",
            })
    void passesOnMediaOnly(String mimeType, String contentType, String extension) {
        assertThat(SourceType.of(mimeType)).isEqualTo(new SourceType(contentType, extension));
    }

    @ParameterizedTest
    @CsvSource({
        "audio/mpeg,  Interview,      mp3",
        "'',          song.FLAC,      flac",
        "video/mp4,   a day.mov,      mov",
        "video/mp4,   setup.exe,      mp4",
        "video/webm,  Ends with. ,    webm",
    })
    void aFileKeepsTheNameItHad(String mimeType, String title, String extension) {
        assertThat(SourceType.of(mimeType).extension(title)).isEqualTo(extension);
    }
}
