package io.tapedeck.transcode;

import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Objects in memory for tests of what reads them: counts open streams, and can be away.
public final class Shelf implements ObjectStore {

    private final Map<String, byte[]> objects = new HashMap<>();
    private boolean away;
    private int opened;
    private int open;

    public Shelf with(String key, byte[] bytes) {
        objects.put(key, bytes);
        return this;
    }

    /// From now on it answers nothing.
    public void goAway() {
        away = true;
    }

    /// Streams opened so far.
    public int opened() {
        return opened;
    }

    /// Streams not yet closed.
    public int open() {
        return open;
    }

    @Override
    public InputStream open(String key, long offsetBytes, long lengthBytes) throws IOException {
        byte[] bytes = bytes(key).orElseThrow(() -> new FileNotFoundException(key));
        if (offsetBytes >= bytes.length) {
            throw new IOException("The requested range is not satisfiable");
        }
        opened++;
        open++;
        return new ByteArrayInputStream(bytes, (int) offsetBytes, (int) lengthBytes) {
            @Override
            public void close() {
                open--;
            }
        };
    }

    @Override
    public Optional<ObjectInfo> stat(String key) throws IOException {
        return bytes(key).map(bytes -> new ObjectInfo(key, bytes.length, "", Instant.EPOCH));
    }

    private Optional<byte[]> bytes(String key) throws IOException {
        if (away) {
            throw new IOException("connection refused");
        }
        return Optional.ofNullable(objects.get(key));
    }

    @Override
    public void put(String key, InputStream body, long sizeBytes, String contentType) {
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
