package io.tapedeck.ingest.chunk;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.HexFormat;

/// A row of `chunk`; see the migration for what each column means.
@Entity
@Table(name = "chunk")
@IdClass(ChunkEntity.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it
public class ChunkEntity extends PanacheEntityBase {

    /// What identifies a chunk.
    public record Key(String sessionId, long number) implements Serializable {}

    @Id
    @Column(name = "session_id")
    public String sessionId;

    /// `index` is a word of the query language.
    @Id
    @Column(name = "index")
    public long number;

    public int run;

    @Column(name = "object_key")
    public String objectKey;

    @Column(name = "size_bytes")
    public long sizeBytes;

    public byte[] sha256;

    @Column(name = "stored_at")
    public Instant storedAt;

    ChunkPublisher.Stored stored() {
        var offer = new ChunkOffer(number, run, sizeBytes, HexFormat.of().formatHex(sha256));
        return new ChunkPublisher.Stored(offer, objectKey);
    }
}
