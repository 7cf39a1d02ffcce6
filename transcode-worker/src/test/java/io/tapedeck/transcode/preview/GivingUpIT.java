package io.tapedeck.transcode.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.neighbours.NeighboursResource;
import io.tapedeck.transcode.FfmpegProducer;
import io.tapedeck.transcode.Rows;
import io.tapedeck.transcode.database.JdbcDatabase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What takes workers down is not begun for ever.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(GivingUpIT.Alone.class)
class GivingUpIT {

    /// Nobody but the test makes pictures.
    public static final class Alone implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            var overrides = new HashMap<>(new Rows.InPeace().getConfigOverrides());
            overrides.put("quarkus.scheduler.enabled", "false");
            return overrides;
        }
    }

    @Inject DataSource source;
    @Inject JdbcDatabase database;
    @Inject JdbcPreviewRepository previews;
    @Inject FfmpegProducer ffmpeg;
    @Inject Instance<FfmpegInstallation> installation;

    private final String session = UUID.randomUUID().toString();
    private Rows rows;
    private int begun;

    @BeforeEach
    void sessionOfThisTest() throws SQLException {
        assertThat(ffmpeg.locate()).isTrue();
        rows = new Rows(source, session).planned(1, 1).rendition("source", 1, 1, 720);
        rows.rendered("source", 1, 1);
        rows.execute("update segment set object_key = session_id where session_id = ?");
        complete();
    }

    @AfterEach
    void leaveNoWork() throws SQLException {
        rows.remove();
    }

    @Test
    void picturesThatKillEachWorkerAreGivenUp() throws SQLException {
        dieThreeTimes();

        due();
        make(new Dying());

        assertThat(begun).isEqualTo(3);
        assertThat(isDue()).isFalse();
    }

    @Test
    void whatIsRenderedAgainIsTriedAgain() throws SQLException {
        dieThreeTimes();

        complete();
        dieThreeTimes();

        assertThat(begun).isEqualTo(6);
        assertThat(isDue()).isTrue();
    }

    @Test
    void aStoreThatIsAwayIsWaitedFor() throws SQLException {
        for (int i = 0; i < 10; i++) {
            due();
            make(new IOException("connection refused"));
        }

        assertThat(begun).isEqualTo(10);
        assertThat(isDue()).isTrue();
    }

    private void dieThreeTimes() throws SQLException {
        for (int i = 0; i < 3; i++) {
            due();
            make(new Dying());
        }
    }

    private void complete() {
        database.transaction(found -> {
            previews.complete(found, session);
            return true;
        });
    }

    /// The lease of whoever died is over, and nothing else is due for so long.
    private void due() throws SQLException {
        rows.execute(
                """
                update session_preview set due_at = '2000-01-01' where session_id = ?
                    and due_at is not null
                """);
    }

    private boolean isDue() throws SQLException {
        return rows.number(
                        """
                        select count(*) from session_preview
                        where session_id = ? and due_at is not null
                        """)
                == 1;
    }

    /// @param end what becomes of reading the first picture
    private void make(Throwable end) {
        try {
            new PreviewRelay(previews, store(end), ffmpeg, installation).makeAll();
        } catch (Dying e) {
            // This worker is gone; what it had taken is under its lease.
        }
    }

    private ObjectStore store(Throwable end) {
        return (ObjectStore)
                Proxy.newProxyInstance(
                        ObjectStore.class.getClassLoader(),
                        new Class<?>[] {ObjectStore.class},
                        (_, _, arguments) -> {
                            begun += arguments[0].equals(session) ? 1 : 0;
                            throw end;
                        });
    }

    /// As when there is no memory left.
    private static final class Dying extends Error {}
}
