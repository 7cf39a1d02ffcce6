package io.tapedeck.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the headers of tus mean.
class TusHeadersTest {

    private static final long MAX_BYTES = 1000;

    @Test
    void aLengthOrThePromiseOfOne() {
        assertThat(creation("10", null, null).lengthBytes()).isEqualTo(10);
        assertThat(creation("0", null, null).lengthBytes()).isZero();
        assertThat(creation(null, "1", null).lengthBytes()).isNull();
        refused(IngestProblem.UPLOAD_HEADER_INVALID, () -> creation(null, null, null));
        refused(IngestProblem.UPLOAD_HEADER_INVALID, () -> creation("10", "1", null));
        refused(IngestProblem.UPLOAD_HEADER_INVALID, () -> creation(null, "2", null));
        refused(IngestProblem.UPLOAD_TOO_LARGE, () -> creation("1001", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1.5", "x", "", "9999999999999999999999", "0x10"})
    void lengthsThatAreNone(String length) {
        refused(IngestProblem.UPLOAD_HEADER_INVALID, () -> creation(length, null, null));
    }

    @Test
    void partsAndWholes() {
        assertThat(creation("1", null, null).kind()).isEqualTo(UploadKind.WHOLE);
        assertThat(creation("1", null, "partial").kind()).isEqualTo(UploadKind.PARTIAL);
        var joined =
                creation(null, null, "final;/api/v1/files/a1 https://t.example:1/api/v1/files/b2");
        assertThat(joined.kind()).isEqualTo(UploadKind.FINAL);
        assertThat(joined.parts()).containsExactly("a1", "b2");
        assertThat(joined.concat()).startsWith("final;/api");
        refused(
                IngestProblem.UPLOAD_HEADER_INVALID,
                () -> creation("1", null, "final;/api/v1/files/a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "final",
                "final;",
                "final;/etc/passwd",
                "final;/api/v1/files/../x",
                "final;ftp://x/api/v1/files/a",
                "half",
            })
    void joinsThatMakeNoSense(String concat) {
        refused(IngestProblem.UPLOAD_HEADER_INVALID, () -> creation(null, null, concat));
    }

    @Test
    void metadataIsKeysAndBase64() {
        var metadata = UploadMetadata.of("filename " + base64("mein Film.webm") + ",empty,x ");
        assertThat(metadata.values())
                .containsEntry("filename", "mein Film.webm")
                .containsEntry("empty", "")
                .containsEntry("x", "");
        assertThat(metadata.first("title", "filename")).contains("mein Film.webm");
        assertThat(metadata.first("empty")).isEmpty();
        assertThat(UploadMetadata.of(null).header()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a %%%", "a YQ==,a YQ==", " YQ==,", ",", "ä YQ==", "a\u0001 YQ=="})
    void metadataThatIsNone(String header) {
        refused(IngestProblem.UPLOAD_HEADER_INVALID, () -> UploadMetadata.of(header));
    }

    @Test
    void metadataHasAnEnd() {
        String header = "a " + "A".repeat(UploadMetadata.MAX_LENGTH);
        refused(IngestProblem.UPLOAD_METADATA_TOO_LARGE, () -> UploadMetadata.of(header));
    }

    @Test
    void checksums() {
        var checksum = UploadChecksum.of("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").orElseThrow();
        checksum.digest().update("hello world".getBytes(StandardCharsets.UTF_8));
        assertThat(checksum.fits()).isTrue();
        var other = UploadChecksum.of("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").orElseThrow();
        other.digest().update("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(other.fits()).isFalse();
        assertThat(UploadChecksum.of(null)).isEmpty();
        refused(IngestProblem.CHECKSUM_UNSUPPORTED, () -> UploadChecksum.of("md5 YQ=="));
        refused(IngestProblem.UPLOAD_HEADER_INVALID, () -> UploadChecksum.of("sha1 YQ=="));
        refused(IngestProblem.UPLOAD_HEADER_INVALID, () -> UploadChecksum.of("sha1"));
        refused(IngestProblem.UPLOAD_HEADER_INVALID, () -> UploadChecksum.of("sha1 %"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/me/a  day.webm",
                "C:\\films\\a day.webm",
                "..\\../a day.webm",
                "\u202ea\r\nday.webm\u0000"
            })
    void aNameBecomesATitle(String name) {
        var file = file(name, "video/webm");
        assertThat(file.title()).isEqualTo("a day.webm");
    }

    @Test
    void aTitleIsShortAndWhole() {
        String emoji = "\ud83c\udfac";
        assertThat(file("x".repeat(199) + emoji, null).title()).isEqualTo("x".repeat(199));
        assertThat(file(emoji.repeat(300), null).title()).hasSize(200);
        assertThat(FileDescription.of(Optional.of("My day"), Optional.of("x"), Optional.empty()))
                .isEqualTo(new FileDescription("My day", "application/octet-stream"));
    }

    @Test
    void onlyMediaTypesAreBelieved() {
        assertThat(file("a", "video/mp4").mimeType()).isEqualTo("video/mp4");
        assertThat(file("a", "audio/ogg; codecs=opus").mimeType())
                .isEqualTo("audio/ogg; codecs=opus");
        for (String type :
                new String[] {"text/html", "video/", "video/\u0001", "", "image/svg+xml"}) {
            assertThat(file("a", type).mimeType()).isEqualTo("application/octet-stream");
        }
    }

    private static FileDescription file(String name, @Nullable String type) {
        return FileDescription.of(Optional.empty(), Optional.of(name), Optional.ofNullable(type));
    }

    private static TusCreation creation(
            @Nullable String length, @Nullable String defer, @Nullable String concat) {
        return TusCreation.of(new TusCreation.Headers(length, defer, null, concat), MAX_BYTES);
    }

    private static void refused(IngestProblem kind, ThrowingCallable what) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(what)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
