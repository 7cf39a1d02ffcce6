package io.tapedeck.playback.report;

import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import io.tapedeck.transcode.contract.TranscodeEvent.Checked;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/// A row of `report`; the migration says what each column is.
@Entity
@Table(name = "report")
class ReportEntity {

    @Id
    @Column(name = "session_id")
    String sessionId = "";

    long sequence;

    @Column(name = "checked_at")
    Instant checkedAt = Instant.EPOCH;

    boolean passed;

    @JdbcTypeCode(SqlTypes.JSON)
    List<Check> checks = List.of();

    @JdbcTypeCode(SqlTypes.JSON)
    List<Gap> missing = List.of();

    ReportEntity keep(Checked event) {
        sessionId = event.sessionId();
        sequence = event.sequence();
        checkedAt = event.at();
        passed = event.passed();
        checks = event.checks();
        missing = event.missing();
        return this;
    }
}
