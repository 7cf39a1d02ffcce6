package io.tapedeck.chassis.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/// An S3 bucket: put, open, stat, list, delete. Thread-safe; every call blocks until the store has
/// answered.
public interface ObjectStore {

    /// Stores a whole object, or nothing. Returns after the store has confirmed it. Memory is
    /// bounded whatever the size. Does not close `body`.
    ///
    /// @param sizeBytes exact size, or -1 when it is not known before the end
    /// @throws IOException the store failed, or `body` did (then its own exception)
    void put(String key, InputStream body, long sizeBytes, String contentType) throws IOException;

    /// Opens a range of an object. The caller closes the stream.
    ///
    /// @param lengthBytes at least 1
    /// @throws java.io.FileNotFoundException there is no such object
    /// @throws IOException the store failed
    InputStream open(String key, long offsetBytes, long lengthBytes) throws IOException;

    /// Size and strong entity tag of an object, empty when there is none.
    Optional<ObjectInfo> stat(String key) throws IOException;

    /// Lists objects whose key starts with `prefix`, lazily; the caller closes the stream. A store
    /// failure ends it with [java.io.UncheckedIOException].
    Stream<ObjectInfo> list(String prefix) throws IOException;

    /// Deletes objects; those that do not exist are ignored.
    void delete(Collection<String> keys) throws IOException;
}
