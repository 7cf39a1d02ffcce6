package io.tapedeck.playback.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

    @ParameterizedTest
    @CsvSource({
        "My talk,           My talk.mp4",
        "../../etc/passwd,  etc passwd.mp4",
        "a\"b\\c,           a b c.mp4",
        "'',                recording.mp4",
        "...,               recording.mp4",
        "'  spaced   out ', spaced out.mp4",
        "Ä la carte,        A la carte.mp4",
        "100% sure,         100 sure.mp4",
        "a day.MP4,         a day.mp4",
        ".mp4,              recording.mp4",
    })
    void isSafe(String title, String ascii) {
        assertThat(FileName.attachment(title, "mp4"))
                .startsWith("attachment; filename=\"" + ascii + "\"; filename*=UTF-8''");
    }

    @Test
    void keepsTheRealNameBesideIt() {
        assertThat(FileName.attachment("Žluťoučký kůň 🐴", "webm"))
                .endsWith(
                        "filename*=UTF-8''%C5%BDlu%C5%A5ou%C4%8Dk%C3%BD%20k%C5%AF%C5%88%20"
                                + "%F0%9F%90%B4.webm");
    }

    @Test
    void cannotBreakOutOfItsHeader() {
        String header = FileName.attachment("x\r\nSet-Cookie: a=b\u0000\u202e", "mp4");
        assertThat(header).matches("[\\x20-\\x7e]+").doesNotContain("\r", "\n", "\u0000");
    }

    @Test
    void isNotEndless() {
        assertThat(FileName.attachment("x".repeat(5000), "mp4").length()).isLessThan(250);
    }
}
