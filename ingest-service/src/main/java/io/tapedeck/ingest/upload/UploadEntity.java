package io.tapedeck.ingest.upload;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `upload`; see the migration for what each column means.
@Entity
@Table(name = "upload")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
public class UploadEntity extends PanacheEntityBase {

    @Id public String id;
    public String kind;

    @Column(name = "session_id")
    public @Nullable String sessionId;

    @Column(name = "token_sha256")
    public byte[] tokenSha256;

    public String metadata;
    public String concat;

    @Column(name = "length_bytes")
    public @Nullable Long lengthBytes;

    @Column(name = "offset_bytes")
    public long offsetBytes;

    @Column(name = "piece_count")
    public long pieceCount;

    public @Nullable UUID writer;
    public String state;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "expires_at")
    public Instant expiresAt;

    @Column(name = "ended_at")
    public @Nullable Instant endedAt;

    @Column(name = "is_swept")
    public boolean isSwept;

    /// What the columns say.
    Upload read() {
        return new Upload(
                id,
                UploadKind.of(kind),
                sessionId,
                metadata,
                concat,
                lengthBytes,
                offsetBytes,
                pieceCount,
                writer,
                UploadState.of(state),
                createdAt,
                expiresAt);
    }

    /// Whether all bytes that there will be are stored.
    boolean isWhole() {
        return lengthBytes != null && lengthBytes == offsetBytes;
    }

    void end(UploadState ended, Instant now) {
        state = ended.word();
        endedAt = now;
    }
}
