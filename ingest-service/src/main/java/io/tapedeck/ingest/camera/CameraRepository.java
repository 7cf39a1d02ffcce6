package io.tapedeck.ingest.camera;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.tapedeck.ingest.IngestConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The table `camera`. Leases go by the database's clock, because those of processes differ.
@ApplicationScoped
class CameraRepository implements PanacheRepositoryBase<CameraEntity, String>, CameraLeases {

    private static final String CLAIM =
            """
            update camera
            set epoch = epoch + 1,
                lease_until = clock_timestamp() + cast(?1 as double precision) * interval '1 second'
            where id in (select id from camera
                         where lease_until is null or lease_until < clock_timestamp()
                         order by lease_until nulls first, created_at, id limit ?2
                         for update skip locked)
            returning id
            """;

    /// Whoever holds a row for longer must not keep the process from renewing others.
    private static final String NOT_FOR_LONG = "set local lock_timeout = '1s'";

    private static final String RENEW =
            """
            update camera
            set lease_until = clock_timestamp() + cast(?3 as double precision) * interval '1 second',
                state = ?4, state_since = ?5, problem_code = ?6, problem_detail = ?7,
                retry_at = cast(?8 as timestamptz),
                last_bytes_at = coalesce(cast(?9 as timestamptz), last_bytes_at)
            where id = ?1 and epoch = ?2
            """;

    private static final String RELEASE =
            "update camera set lease_until = clock_timestamp() where id = ?1 and epoch = ?2";

    /// Only within the lease: a process that no longer renews it, but stores on, would have the row
    /// locked whenever another looks for something to claim.
    private static final String ADVANCE =
            """
            update camera set next_index = ?4 + 1, next_run = ?5 + 1
            where id = ?1 and epoch = ?2 and session_id = ?3 and next_index = ?4
                and lease_until > clock_timestamp()
            """;

    private static final String ADVANCED =
            """
            select count(*) from camera
            where id = ?1 and epoch = ?2 and session_id = ?3 and next_index = ?4 + 1
            """;

    private final Duration lease;

    CameraRepository(IngestConfig config) {
        this.lease = config.cameras().lease();
    }

    @Override
    @Transactional
    public List<CameraClaim> claim(int limit) {
        List<String> ids =
                getEntityManager()
                        .createNativeQuery(CLAIM, String.class)
                        .setParameter(1, seconds())
                        .setParameter(2, limit)
                        .getResultList();
        return ids.isEmpty()
                ? List.of()
                : find("id in ?1", ids).stream().map(CameraEntity::claim).toList();
    }

    @Override
    @Transactional
    public boolean renew(String cameraId, long epoch, CameraStatus status) {
        CameraStatus.Problem problem = status.problem();
        getEntityManager().createNativeQuery(NOT_FOR_LONG).executeUpdate();
        return getEntityManager()
                        .createNativeQuery(RENEW)
                        .setParameter(1, cameraId)
                        .setParameter(2, epoch)
                        .setParameter(3, seconds())
                        .setParameter(4, status.state().word())
                        .setParameter(5, status.since())
                        .setParameter(6, problem == null ? null : problem.code())
                        .setParameter(7, problem == null ? null : problem.detail())
                        .setParameter(8, status.retryAt())
                        .setParameter(9, status.lastBytesAt())
                        .executeUpdate()
                == 1;
    }

    @Override
    @Transactional
    public void release(String cameraId, long epoch) {
        getEntityManager().createNativeQuery(NOT_FOR_LONG).executeUpdate();
        getEntityManager()
                .createNativeQuery(RELEASE)
                .setParameter(1, cameraId)
                .setParameter(2, epoch)
                .executeUpdate();
    }

    /// What became of a wish to move on to the next chunk.
    enum Advance {
        /// The chunk is new; the row is locked until the end of the transaction.
        NEW,
        /// An earlier try has added it.
        KNOWN,
        /// The epoch is over, or its lease.
        LOST
    }

    Advance advance(String cameraId, long epoch, CameraClaim.Place place, int run) {
        var update =
                getEntityManager()
                        .createNativeQuery(ADVANCE)
                        .setParameter(1, cameraId)
                        .setParameter(2, epoch)
                        .setParameter(3, place.sessionId())
                        .setParameter(4, place.nextIndex())
                        .setParameter(5, run);
        if (update.executeUpdate() == 1) {
            return Advance.NEW;
        }
        Object known =
                getEntityManager()
                        .createNativeQuery(ADVANCED, Long.class)
                        .setParameter(1, cameraId)
                        .setParameter(2, epoch)
                        .setParameter(3, place.sessionId())
                        .setParameter(4, place.nextIndex())
                        .getSingleResult();
        return Long.valueOf(1).equals(known) ? Advance.KNOWN : Advance.LOST;
    }

    /// Reads and locks a camera until the end of the transaction.
    Optional<CameraEntity> lock(String cameraId) {
        return Optional.ofNullable(findById(cameraId, LockModeType.PESSIMISTIC_WRITE));
    }

    /// All, oldest first.
    List<CameraEntity> all() {
        return listAll(Sort.by("createdAt").and("id"));
    }

    private double seconds() {
        return lease.toMillis() / 1000.0;
    }
}
