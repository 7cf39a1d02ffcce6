package io.tapedeck.playback.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/// A row of `chunk`.
@Entity
@Table(name = "chunk")
class ChunkEntity {

    /// Its place.
    @Embeddable
    record Key(
            @Column(name = "session_id") String sessionId,
            @Column(name = "chunk_index") long index) {}

    @EmbeddedId Key key = new Key("", 0);

    int run;

    @Column(name = "object_key")
    String objectKey = "";

    @Column(name = "size_bytes")
    long sizeBytes;

    StoredChunk stored() {
        return new StoredChunk(key.index(), run, objectKey, sizeBytes);
    }
}
