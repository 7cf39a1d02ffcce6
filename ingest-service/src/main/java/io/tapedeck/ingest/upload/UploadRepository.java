package io.tapedeck.ingest.upload;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.tapedeck.chassis.access.OwnerKey;
import io.tapedeck.chassis.problem.ProblemException;
import io.tapedeck.ingest.IngestProblem;
import io.tapedeck.ingest.session.UploadToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tables `upload` and `upload_piece`.
@ApplicationScoped
class UploadRepository implements PanacheRepositoryBase<UploadEntity, String> {

    private static final int BATCH = 200;

    private static final String UNFINISHED =
            "(state = 'open' or (state = 'complete' and sessionId is null))";

    /// Nobody can ask for its bytes any more.
    private static final String LEFT =
            """
            select u.id from UploadEntity u
            where u.isSwept = false
              and ((u.sessionId is null and u.endedAt is not null)
                or (u.sessionId is not null
                    and not exists (select 1 from SessionEntity s where s.id = u.sessionId)))
            """;

    private final OwnerKey owner;

    UploadRepository(OwnerKey owner) {
        this.owner = owner;
    }

    /// What a request shows of who sends it.
    ///
    /// @param authorization the header
    /// @param cookie value of [OwnerKey#COOKIE]
    record Credentials(@Nullable String authorization, @Nullable String cookie) {}

    /// Reads an upload without locking it.
    ///
    /// @throws ProblemException it does not exist
    UploadEntity require(String id) {
        UploadEntity upload = findById(id);
        if (upload == null) {
            throw unknown(id);
        }
        return upload;
    }

    /// Reads and locks an upload until the end of the transaction. Before its session, if both are
    /// locked.
    ///
    /// @throws ProblemException it does not exist
    UploadEntity lock(String id) {
        UploadEntity upload = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (upload == null) {
            throw unknown(id);
        }
        return upload;
    }

    /// Whether a request may touch an upload: it shows the owner key, or the upload's own token.
    ///
    /// @throws ProblemException it may not
    void requireAccess(UploadEntity upload, Credentials credentials) {
        String token = OwnerKey.bearer(credentials.authorization());
        if (token == null || !UploadToken.fits(token, upload.tokenSha256)) {
            requireOwner(credentials);
        }
    }

    /// @throws ProblemException it does not show the owner key
    void requireOwner(Credentials credentials) {
        if (!owner.opens(credentials.authorization(), credentials.cookie())) {
            throw new ProblemException(
                    IngestProblem.UPLOAD_DENIED,
                    "Send 'Authorization: Bearer <key>' with the owner key, or, while the upload is"
                            + " not complete, with the uploadToken that came with it.");
        }
    }

    /// How many take bytes, or wait to be joined. Counted without a lock, so a few more may slip
    /// through at once.
    long countOpen() {
        return count(UNFINISHED);
    }

    /// Its last piece, when the next bytes continue it.
    Optional<PieceEntity> tail(UploadEntity upload) {
        return Optional.ofNullable(
                getEntityManager()
                        .find(
                                PieceEntity.class,
                                new PieceEntity.Key(upload.id, upload.pieceCount)));
    }

    /// Its pieces in order.
    List<PieceEntity> pieces(String uploadId) {
        return getEntityManager()
                .createQuery(
                        "from PieceEntity p where p.uploadId = ?1 order by p.number",
                        PieceEntity.class)
                .setParameter(1, uploadId)
                .getResultList();
    }

    void add(UploadEntity upload, long number, Piece piece) {
        var row = new PieceEntity();
        row.uploadId = upload.id;
        row.number = number;
        row.write(piece);
        getEntityManager().persist(row);
    }

    void remove(PieceEntity piece) {
        getEntityManager().remove(piece);
    }

    /// Makes an upload forget its pieces: others select the objects now, or nobody.
    void forgetPieces(String uploadId) {
        getEntityManager()
                .createQuery("delete from PieceEntity p where p.uploadId = ?1")
                .setParameter(1, uploadId)
                .executeUpdate();
    }

    /// Uploads whose time was over at that moment, some of them.
    @Transactional
    List<String> expired(Instant moment) {
        return find(
                        "select u.id from UploadEntity u where expiresAt <= ?1 and " + UNFINISHED,
                        moment)
                .page(0, BATCH)
                .project(String.class)
                .list();
    }

    /// Uploads whose objects are of no use any more, some of them.
    @Transactional
    List<String> left() {
        return find(LEFT).page(0, BATCH).project(String.class).list();
    }

    /// Notes that nothing of it is in the store any more.
    @Transactional
    void swept(String id, Instant now) {
        forgetPieces(id);
        update(
                "isSwept = true, endedAt = coalesce(endedAt, ?2),"
                        + " state = case when endedAt is null then 'terminated' else state end"
                        + " where id = ?1",
                id,
                now);
    }

    /// Forgets uploads that were over and swept before that moment.
    @Transactional
    void forget(Instant moment) {
        delete("isSwept = true and endedAt < ?1", moment);
    }

    private static ProblemException unknown(String id) {
        return new ProblemException(
                IngestProblem.UPLOAD_UNKNOWN,
                "No upload has the id %s. Create one with POST /api/v1/files.".formatted(id));
    }
}
