package io.tapedeck.chassis.objects;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.DeleteObject;
import io.minio.messages.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// [ObjectStore] on the MinIO client.
///
/// What is sent is signed with its digest, so up to one part (5 MiB) of a body is in memory; longer
/// bodies go as multipart uploads, which are aborted when they fail.
@ApplicationScoped
class MinioObjectStore implements ObjectStore {

    private static final int PART_BYTES = 5 << 20;

    private final MinioClient client;
    private final MinioPartClient parts;
    private final String bucket;

    MinioObjectStore(MinioClient client, MinioPartClient parts, ObjectsConfig config) {
        this.client = client;
        this.parts = parts;
        this.bucket = config.bucket();
    }

    @Override
    public void put(String key, InputStream body, long sizeBytes, String contentType)
            throws IOException {
        var source = new PartSource(body, sizeBytes);
        byte[] first = source.next();
        try {
            if (source.isLast(first)) {
                parts.put(bucket, key, first, contentType);
            } else {
                parts.putParts(bucket, key, source.after(first), contentType);
            }
        } catch (Exception e) {
            throw source.failure != null ? source.failure : failure("put", key, e);
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

    /// Cuts a body into parts. Remembers that the body failed, so that the store is not blamed.
    private static final class PartSource {

        private final InputStream body;
        private final long sizeBytes;
        private long readBytes;
        private @Nullable IOException failure;

        PartSource(InputStream body, long sizeBytes) {
            this.body = body;
            this.sizeBytes = sizeBytes;
        }

        /// The next part; empty after the last.
        byte[] next() throws IOException {
            try {
                byte[] part = sizeBytes < 0 ? body.readNBytes(PART_BYTES) : nextOfKnownSize();
                readBytes += part.length;
                return part;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        /// Whether nothing comes after `part`, as far as one can tell without reading on.
        boolean isLast(byte[] part) {
            return sizeBytes < 0 ? part.length < PART_BYTES : readBytes == sizeBytes;
        }

        /// All parts, of which the first one was taken already.
        MinioPartClient.Parts after(byte[] first) {
            var pending = new ArrayDeque<>(List.of(first));
            return () -> pending.isEmpty() ? next() : pending.remove();
        }

        /// Of exactly the bytes there are: a chunk is mostly far smaller than a part.
        private byte[] nextOfKnownSize() throws IOException {
            byte[] part = new byte[(int) Math.min(PART_BYTES, sizeBytes - readBytes)];
            int count = body.readNBytes(part, 0, part.length);
            if (count < part.length) {
                throw new EOFException(
                        "the body has %d bytes instead of %d"
                                .formatted(readBytes + count, sizeBytes));
            }
            return part;
        }
    }
}
