package io.tapedeck.playback.preview;

import io.tapedeck.transcode.contract.TranscodeEvent.Picture;
import io.tapedeck.transcode.contract.TranscodeEvent.Previewed;
import io.tapedeck.transcode.contract.TranscodeEvent.Storyboard;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/// A row of `preview`; the migration says what each column is.
@Entity
@Table(name = "preview")
class PreviewEntity {

    @Id
    @Column(name = "session_id")
    String sessionId = "";

    long sequence;

    @JdbcTypeCode(SqlTypes.JSON)
    Picture poster = new Picture("", 0, 0, 0);

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable Storyboard storyboard;

    PreviewEntity keep(Previewed event) {
        sessionId = event.sessionId();
        sequence = event.sequence();
        poster = event.poster();
        storyboard = event.storyboard();
        return this;
    }

    Preview preview() {
        return new Preview(sessionId, poster, storyboard);
    }
}
