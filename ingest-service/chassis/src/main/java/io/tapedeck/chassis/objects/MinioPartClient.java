package io.tapedeck.chassis.objects;

import com.google.common.collect.ImmutableMultimap;
import com.google.common.collect.Multimap;
import io.minio.MinioAsyncClient;
import io.minio.messages.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Sends bytes that are in memory already.
///
/// The client's own way of sending a stream reads it on the JVM's common pool, which has one thread
/// on a machine of two processors: one client that sends slowly would hold up all others. Here the
/// caller's thread reads.
class MinioPartClient extends MinioAsyncClient {

    private static final Multimap<String, String> NOTHING = ImmutableMultimap.of();

    MinioPartClient(MinioAsyncClient client) {
        super(client);
    }

    /// Stores an object in one request.
    void put(String bucket, String key, byte[] bytes, String contentType) throws Exception {
        result(
                putObjectAsync(
                        bucket, region, key, bytes, bytes.length, type(contentType), NOTHING));
    }

    /// Stores an object of several parts, or nothing.
    ///
    /// @param parts all but the last of at least 5 MiB
    void putParts(String bucket, String key, Parts parts, String contentType) throws Exception {
        String upload =
                result(createMultipartUploadAsync(bucket, region, key, type(contentType), NOTHING))
                        .result()
                        .uploadId();
        try {
            List<Part> sent = new ArrayList<>();
            for (byte[] part = parts.next(); part.length > 0; part = parts.next()) {
                int number = sent.size() + 1;
                var answer =
                        result(
                                uploadPartAsync(
                                        bucket,
                                        region,
                                        key,
                                        part,
                                        part.length,
                                        upload,
                                        number,
                                        NOTHING,
                                        NOTHING));
                sent.add(new Part(number, answer.etag()));
            }
            result(
                    completeMultipartUploadAsync(
                            bucket,
                            region,
                            key,
                            upload,
                            sent.toArray(Part[]::new),
                            NOTHING,
                            NOTHING));
        } catch (Exception e) {
            abort(bucket, key, upload, e);
            throw e;
        }
    }

    /// The parts of a body, in order; an empty one after the last.
    interface Parts {
        byte[] next() throws Exception;
    }

    private void abort(String bucket, String key, String upload, Exception cause) {
        try {
            result(abortMultipartUploadAsync(bucket, region, key, upload, NOTHING, NOTHING));
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    private static Multimap<String, String> type(String contentType) {
        return ImmutableMultimap.of("Content-Type", contentType);
    }

    private static <T> T result(CompletableFuture<T> answer) throws Exception {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
