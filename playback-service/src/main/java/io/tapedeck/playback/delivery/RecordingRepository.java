package io.tapedeck.playback.delivery;

import io.tapedeck.transcode.contract.ExportFormat;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/// Finished files of what came as frames.
@ApplicationScoped
class RecordingRepository {

    /// More than anybody wants to read.
    private static final int MOST = 10_000;

    private static final String FINISHED =
            """
            select s.file_name, t.format, t.result_key, t.result_bytes
            from session s join task t on t.session_id = s.id
            where s.file_name is not null and s.visibility = 'VISIBLE' and t.type = 'export'
                and t.format in (?1, ?2) and t.state = 'SUCCEEDED' and t.result_key is not null
            """;

    private final EntityManager rows;

    RecordingRepository(EntityManager rows) {
        this.rows = rows;
    }

    /// A file.
    ///
    /// @param format as in [ExportFormat]
    record Recording(String name, String format, String objectKey, long sizeBytes) {}

    /// Newest first.
    @Transactional
    List<Recording> finished() {
        List<Object[]> found =
                rows.createNativeQuery(
                                FINISHED + " order by s.created_at desc, s.id", Object[].class)
                        .setParameter(1, ExportFormat.FRAMES_MP4)
                        .setParameter(2, ExportFormat.WAV)
                        .setMaxResults(MOST)
                        .getResultList();
        return found.stream().map(RecordingRepository::recording).toList();
    }

    /// @param file whole name, as in the list, or the session's id with what stands behind the dot
    @Transactional
    Optional<Recording> named(String file) {
        int dot = file.lastIndexOf('.');
        List<Object[]> found =
                rows.createNativeQuery(
                                FINISHED + " and (s.file_name = ?3 or s.id = ?3)", Object[].class)
                        .setParameter(1, ExportFormat.FRAMES_MP4)
                        .setParameter(2, ExportFormat.WAV)
                        .setParameter(3, file.substring(0, Math.max(dot, 0)))
                        .getResultList();
        return found.stream()
                .map(RecordingRepository::recording)
                .filter(recording -> recording.name().endsWith(file.substring(Math.max(dot, 0))))
                .findFirst();
    }

    private static Recording recording(Object[] row) {
        String format = (String) row[1];
        return new Recording(
                row[0] + "." + ExportFormat.extension(format),
                format,
                (String) row[2],
                (Long) row[3]);
    }
}
