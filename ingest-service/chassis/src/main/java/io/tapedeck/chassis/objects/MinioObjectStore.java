package io.tapedeck.chassis.objects;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.DeleteObject;
import io.minio.messages.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// [ObjectStore] on the MinIO client.
///
/// The client signs the digest of what it sends, so it holds one part (5 MiB) of a body in memory,
/// and sends longer bodies as multipart uploads, which it aborts when they fail.
@ApplicationScoped
class MinioObjectStore implements ObjectStore {

    private static final long PART_BYTES = 5L << 20;

    private final MinioClient client;
    private final String bucket;

    MinioObjectStore(MinioClient client, ObjectsConfig config) {
        this.client = client;
        this.bucket = config.bucket();
    }

    @Override
    public void put(String key, InputStream body, long sizeBytes, String contentType)
            throws IOException {
        var watched = new WatchedStream(body);
        try {
            client.putObject(
                    PutObjectArgs.builder()
                            .bucket(bucket)
                            .object(key)
                            .contentType(contentType)
                            .stream(watched, sizeBytes, sizeBytes < 0 ? PART_BYTES : -1)
                            .build());
        } catch (Exception e) {
            throw watched.failure != null ? watched.failure : failure("put", key, e);
        }
    }

    @Override
    public InputStream open(String key, long offsetBytes, long lengthBytes) throws IOException {
        try {
            return client.getObject(
                    GetObjectArgs.builder()
                            .bucket(bucket)
                            .object(key)
                            .offset(offsetBytes)
                            .length(lengthBytes)
                            .build());
        } catch (Exception e) {
            throw failure("open", key, e);
        }
    }

    @Override
    public Optional<ObjectInfo> stat(String key) throws IOException {
        try {
            var stat =
                    client.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build());
            return Optional.of(
                    new ObjectInfo(
                            key,
                            stat.size(),
                            unquoted(stat.etag()),
                            stat.lastModified().toInstant()));
        } catch (Exception e) {
            IOException failure = failure("stat", key, e);
            if (failure instanceof FileNotFoundException) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) throws IOException {
        Iterable<Result<Item>> items =
                client.listObjects(
                        ListObjectsArgs.builder()
                                .bucket(bucket)
                                .prefix(prefix)
                                .recursive(true)
                                .build());
        return StreamSupport.stream(items.spliterator(), false).map(item -> info(prefix, item));
    }

    @Override
    public void delete(Collection<String> keys) throws IOException {
        if (keys.isEmpty()) {
            return;
        }
        List<DeleteObject> objects = keys.stream().map(DeleteObject::new).toList();
        var results =
                client.removeObjects(
                        RemoveObjectsArgs.builder().bucket(bucket).objects(objects).build());
        for (var result : results) {
            try {
                var error = result.get();
                if (!"NoSuchKey".equals(error.code())) {
                    throw new IOException(
                            "delete %s: %s %s"
                                    .formatted(error.objectName(), error.code(), error.message()));
                }
            } catch (Exception e) {
                throw failure("delete", "%d objects".formatted(keys.size()), e);
            }
        }
    }

    private static ObjectInfo info(String prefix, Result<Item> result) {
        try {
            Item item = result.get();
            return new ObjectInfo(
                    item.objectName(),
                    item.size(),
                    unquoted(item.etag()),
                    item.lastModified().toInstant());
        } catch (Exception e) {
            throw new UncheckedIOException(failure("list", prefix, e));
        }
    }

    private static String unquoted(@Nullable String entityTag) {
        return entityTag == null ? "" : entityTag.replace("\"", "");
    }

    private static IOException failure(String verb, String what, Exception e) {
        return switch (e) {
            case ErrorResponseException answer
                    when "NoSuchKey".equals(answer.errorResponse().code()) ->
                    new FileNotFoundException("%s: no object %s".formatted(verb, what));
            case InterruptedException interrupted -> {
                Thread.currentThread().interrupt();
                yield (IOException) new InterruptedIOException(verb + " " + what).initCause(e);
            }
            default -> new IOException("%s %s: %s".formatted(verb, what, e.getMessage()), e);
        };
    }

    /// Remembers that the body failed, so that the store is not blamed for it.
    private static final class WatchedStream extends FilterInputStream {

        private @Nullable IOException failure;

        WatchedStream(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
