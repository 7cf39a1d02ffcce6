package io.tapedeck.ingest.upload;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.HexFormat;

/// A row of `upload_piece`; see the migration for what each column means.
@Entity
@Table(name = "upload_piece")
@IdClass(PieceEntity.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills it
public class PieceEntity extends PanacheEntityBase {

    /// What identifies a piece.
    public record Key(String uploadId, long number) implements Serializable {}

    @Id
    @Column(name = "upload_id")
    public String uploadId;

    @Id public long number;

    @Column(name = "object_key")
    public String objectKey;

    @Column(name = "size_bytes")
    public long sizeBytes;

    public byte[] sha256;

    Piece read() {
        return new Piece(objectKey, sizeBytes, HexFormat.of().formatHex(sha256));
    }

    void write(Piece piece) {
        objectKey = piece.objectKey();
        sizeBytes = piece.sizeBytes();
        sha256 = HexFormat.of().parseHex(piece.sha256());
    }
}
