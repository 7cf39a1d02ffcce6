package io.tapedeck.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://cam/a, http://cam/a",
        "http://token@cam/a, http://***@cam/a",
        "rtsp://admin:secret@cam:554/a?b=c, rtsp://***@cam:554/a?b=***",
        "http://admin:se%40cr:et@cam/a, http://***@cam/a",
        "http://:secret@cam/, http://***@cam/",
        "http://cam/a?usr=x&pwd=secret&n=1, http://cam/a?usr=***&pwd=***&n=***",
        "http://cam/a?loginuse=x&loginpas=y, http://cam/a?loginuse=***&loginpas=***",
        "http://cam/a?x==secret&secret, http://cam/a?x=***&***",
        "http://cam/a?secret, http://cam/a?***",
        "http://cam/a#secret, http://cam/a",
        "rtsp://cam/user=admin_password=x_channel=1.sdp, rtsp://cam/user=***",
        "rtsp://[fd12::1]:554/user=a?b=c, rtsp://[fd12::1]:554/user=***?b=***",
        "http://cam/a:b@c, http://cam/a:b@c",
        "http:secret, ***",
        "http://secret:secret@a_b/, ***",
    })
    void noPasswordIsShown(String url, String shown) {
        var address = new CameraUrl(URI.create(url));
        assertThat(address.shown()).isEqualTo(shown);
        assertThat(address).hasToString(shown);
    }

    @Test
    void noPasswordIsSaid() {
        var address = new CameraUrl(URI.create("http://admin:geh%40im@cam/a"));
        assertThat(address.mask("http://admin:geh%40im@cam/a says 401 to geh@im"))
                .isEqualTo("http://***@cam/a says 401 to ***");
        assertThat(address.mask("nobody answers")).isEqualTo("nobody answers");
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://tok%2Fen@cam/, tok/en or tok%2Fen, *** or ***",
        "http://cam/a?psw=ge%20im&p=main, no main for ge im or ge%20im, no main for *** or ***",
        "http://cam/a?psw=geheim, at /a?psw=geheim, at /a?psw=***",
        "http://cam/a?x=f00ba4f00ba4, not f00ba4f00ba4, not ***",
        "rtsp://cam/user=u_password=tlJw_c=1, for tlJw, for ***",
        "rtsp://cam/user=u_password=tl_Jw_c=1, rtsp://x/user=u_password=tl_Jw_c=1?, rtsp://x/user=***?",
    })
    void noSecretOfPathOrQueryIsSaid(String url, String words, String said) {
        assertThat(new CameraUrl(URI.create(url)).mask(words)).isEqualTo(said);
    }

    @Test
    void shortPasswordsDoNotHideWords() {
        var address = new CameraUrl(URI.create("http://admin:a@cam/"));
        assertThat(address.mask("a camera, http://admin:a@cam/"))
                .isEqualTo("a camera, http://***@cam/");
    }
}
