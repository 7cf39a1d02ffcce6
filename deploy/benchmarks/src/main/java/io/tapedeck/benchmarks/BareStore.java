package io.tapedeck.benchmarks;

import io.tapedeck.e2e.TapedeckInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// PUTs objects into a standalone's own store, signed (AWS Signature Version 4), with nothing in
/// between. Thread-safe.
final class BareStore implements AutoCloseable {

    private static final String SCOPE_END = "/us-east-1/s3/aws4_request";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String host;
    private final String accessKey;
    private final String secretKey;

    private BareStore(String host, String accessKey, String secretKey) {
        this.host = host;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    static BareStore of(TapedeckInstance instance) throws IOException {
        Path secrets = instance.data().resolve("secrets");
        return new BareStore(
                "127.0.0.1:" + instance.parts("s3proxy").getFirst().port(),
                Files.readString(secrets.resolve("s3-access-key")).strip(),
                Files.readString(secrets.resolve("s3-secret-key")).strip());
    }

    /// Returns when the store has it.
    void put(long number, byte[] bytes) {
        String path = "/tapedeck/benchmark/%s-%d".formatted(UUID.randomUUID(), number);
        try {
            var answer = http.send(request(path, bytes), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest request(String path, byte[] bytes) {
        String time = TIME.format(Instant.now());
        String day = time.substring(0, 8);
        String digest = hex(sha256(bytes));
        String signed = "host;x-amz-content-sha256;x-amz-date";
        String canonical =
                "PUT\n%s\n\nhost:%s\nx-amz-content-sha256:%s\nx-amz-date:%s\n\n%s\n%s"
                        .formatted(path, host, digest, time, signed, digest);
        String toSign =
                "AWS4-HMAC-SHA256\n%s\n%s%s\n%s"
                        .formatted(time, day, SCOPE_END, hex(sha256(utf8(canonical))));
        String signature = hex(hmac(key(day), toSign));
        return HttpRequest.newBuilder(URI.create("http://" + host + path))
                .header("x-amz-date", time)
                .header("x-amz-content-sha256", digest)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=%s/%s%s, SignedHeaders=%s, Signature=%s"
                                .formatted(accessKey, day, SCOPE_END, signed, signature))
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build();
    }

    private byte[] key(String day) {
        byte[] key = utf8("AWS4" + secretKey);
        for (String part : (day + SCOPE_END).split("/", -1)) {
            key = hmac(key, part);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
