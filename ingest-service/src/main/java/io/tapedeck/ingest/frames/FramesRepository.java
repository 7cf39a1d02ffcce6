package io.tapedeck.ingest.frames;

import io.tapedeck.ingest.contract.SessionEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The table `frames_recording`.
@ApplicationScoped
class FramesRepository {

    private final EntityManager rows;

    FramesRepository(EntityManager rows) {
        this.rows = rows;
    }

    /// Names a recording, unless another one has that name.
    ///
    /// @return whether it has the name now
    boolean add(String sessionId, String name, Instant leaseUntil) {
        return rows.createNativeQuery(
                                """
                                insert into frames_recording (session_id, name, lease_until)
                                values (?1, ?2, ?3) on conflict (name) do nothing
                                """)
                        .setParameter(1, sessionId)
                        .setParameter(2, name)
                        .setParameter(3, leaseUntil)
                        .executeUpdate()
                == 1;
    }

    /// Renews the lease of one that is not complete.
    @Transactional
    void renew(String sessionId, Instant leaseUntil) {
        rows.createNativeQuery(
                        """
                        update frames_recording set lease_until = ?2
                        where session_id = ?1 and lease_until is not null
                        """)
                .setParameter(1, sessionId)
                .setParameter(2, leaseUntil)
                .executeUpdate();
    }

    /// Notes what it has, once it has.
    void has(String sessionId, boolean pictures, boolean sound) {
        rows.createNativeQuery(
                        """
                        update frames_recording
                        set has_pictures = has_pictures or ?2, has_sound = has_sound or ?3
                        where session_id = ?1 and (?2 > has_pictures or ?3 > has_sound)
                        """)
                .setParameter(1, sessionId)
                .setParameter(2, pictures)
                .setParameter(3, sound)
                .executeUpdate();
    }

    /// What is to be made of it.
    SessionEvent.Files files(String sessionId) {
        var row =
                (Object[])
                        rows.createNativeQuery(
                                        """
                                        select name, has_pictures, has_sound from frames_recording
                                        where session_id = ?1
                                        """,
                                        Object[].class)
                                .setParameter(1, sessionId)
                                .getSingleResult();
        return new SessionEvent.Files((String) row[0], (Boolean) row[1], (Boolean) row[2]);
    }

    /// Notes that it is complete.
    void complete(String sessionId) {
        rows.createNativeQuery(
                        "update frames_recording set lease_until = null where session_id = ?1")
                .setParameter(1, sessionId)
                .executeUpdate();
    }

    /// Those that nobody fills any more.
    @Transactional
    List<String> lapsed(Instant now) {
        return rows.createNativeQuery(
                        "select session_id from frames_recording where lease_until < ?1",
                        String.class)
                .setParameter(1, now)
                .getResultList();
    }

    /// The session of a recording with sound that is not deleted.
    @Transactional
    Optional<String> named(String name) {
        return rows
                .createNativeQuery(
                        """
                        select r.session_id from frames_recording r join session s on s.id = r.session_id
                        where r.name = ?1 and r.has_sound and s.hidden_at is null
                        """,
                        String.class)
                .setParameter(1, name)
                .getResultList()
                .stream()
                .map(String.class::cast)
                .findFirst();
    }

    /// The newest complete recording with sound.
    @Transactional
    Optional<String> newest() {
        return rows
                .createNativeQuery(
                        """
                        select r.session_id from frames_recording r join session s on s.id = r.session_id
                        where r.has_sound and r.lease_until is null and s.hidden_at is null
                        order by s.created_at desc, s.id limit 1
                        """,
                        String.class)
                .getResultList()
                .stream()
                .map(String.class::cast)
                .findFirst();
    }
}
