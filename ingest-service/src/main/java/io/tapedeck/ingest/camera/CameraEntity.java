package io.tapedeck.ingest.camera;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row of `camera`; see the migration for what each column means.
@Entity
@Table(name = "camera")
@SuppressWarnings("NullAway.Init") // Hibernate fills it
public class CameraEntity extends PanacheEntityBase {

    @Id public String id;
    public String name;
    public String url;

    @Column(name = "segment_seconds")
    public int segmentSeconds;

    @Column(name = "history_seconds")
    public long historySeconds;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "session_id")
    public String sessionId;

    @Column(name = "next_index")
    public long nextIndex;

    @Column(name = "next_run")
    public int nextRun;

    public long epoch;

    @Column(name = "lease_until")
    public @Nullable Instant leaseUntil;

    public String state;

    @Column(name = "state_since")
    public Instant stateSince;

    @Column(name = "problem_code")
    public @Nullable String problemCode;

    @Column(name = "problem_detail")
    public @Nullable String problemDetail;

    @Column(name = "retry_at")
    public @Nullable Instant retryAt;

    @Column(name = "last_bytes_at")
    public @Nullable Instant lastBytesAt;

    CameraUrl address() {
        return new CameraUrl(URI.create(url));
    }

    CameraStatus status() {
        return new CameraStatus(
                CameraStatus.State.of(state),
                stateSince,
                problemCode == null || problemDetail == null
                        ? null
                        : new CameraStatus.Problem(problemCode, problemDetail),
                retryAt,
                lastBytesAt);
    }

    CameraClaim claim() {
        return new CameraClaim(
                id,
                address(),
                epoch,
                new CameraClaim.Place(sessionId, nextIndex, nextRun),
                historySeconds > 0,
                status());
    }
}
