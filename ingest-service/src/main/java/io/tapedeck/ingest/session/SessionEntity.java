package io.tapedeck.ingest.session;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row of `session`; see the migration for what each column means.
@Entity
@Table(name = "session")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
public class SessionEntity extends PanacheEntityBase {

    @Id public String id;
    public String title;

    @Column(name = "mime_type")
    public String mimeType;

    public boolean live;
    public boolean held;

    @Column(name = "upload_token_sha256")
    public byte[] uploadTokenSha256;

    public String state;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "active_at")
    public Instant activeAt;

    @Column(name = "hidden_at")
    public @Nullable Instant hiddenAt;

    @Column(name = "chunk_count")
    public @Nullable Long chunkCount;

    @Column(name = "size_bytes")
    public long sizeBytes;

    @Column(name = "last_sequence")
    public long lastSequence;

    @Column(name = "history_seconds")
    public long historySeconds;

    @Column(name = "forgotten_below")
    public long forgottenBelow;

    @Column(name = "forgotten_bytes")
    public long forgottenBytes;

    /// Its state, read from the columns.
    public SessionState read() {
        SessionState.Shown shown =
                switch (state) {
                    case "recording" -> new SessionState.Recording(activeAt);
                    case "interrupted" -> new SessionState.Interrupted(activeAt);
                    case "completing" ->
                            new SessionState.Completing(Objects.requireNonNull(chunkCount));
                    default -> throw new IllegalStateException("session state " + state);
                };
        return hiddenAt == null ? shown : new SessionState.Hidden(shown, hiddenAt);
    }

    /// Writes a state into the columns.
    public void write(SessionState now) {
        state = now.word();
        switch (now) {
            case SessionState.Open open -> {
                activeAt = open.activeAt();
                hiddenAt = null;
            }
            case SessionState.Completing(long count) -> {
                chunkCount = count;
                hiddenAt = null;
            }
            case SessionState.Hidden(_, Instant since) -> hiddenAt = since;
        }
    }
}
