package io.tapedeck.transcode;

import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.neighbours.Neighbours;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts objects into the store of the [Neighbours] for tests that have no worker in their own JVM.
final class MinioShelf implements ObjectStore {

    private final MinioClient minio;

    MinioShelf(Neighbours neighbours) {
        minio =
                MinioClient.builder()
                        .endpoint(neighbours.objectsEndpoint())
                        .credentials(Neighbours.ACCESS_KEY, Neighbours.SECRET_KEY)
                        .build();
    }

    @Override
    public void put(String key, InputStream body, long sizeBytes, String contentType)
            throws IOException {
        try {
            minio.putObject(
                    PutObjectArgs.builder().bucket("tapedeck").object(key).stream(
                                    body, sizeBytes, -1)
                            .contentType(contentType)
                            .build());
        } catch (MinioException | GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public InputStream open(String key, long offsetBytes, long lengthBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ObjectInfo> stat(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(Collection<String> keys) {
        throw new UnsupportedOperationException();
    }
}
