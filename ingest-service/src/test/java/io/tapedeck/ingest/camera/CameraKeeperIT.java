package io.tapedeck.ingest.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.ingest.Story;
import io.tapedeck.neighbours.Neighbours;
import io.tapedeck.neighbours.Neighbours.Component;
import io.tapedeck.neighbours.NeighboursResource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several keepers on one database, each as a process of its own would have one, with the lease
/// that is the default. The service's own pulls nothing.
@QuarkusTest
@QuarkusTestResource(NeighboursResource.class)
@TestProfile(CameraKeeperIT.OnlyAnswers.class)
@SuppressWarnings("NullAway.Init") // JUnit and Quarkus fill it
class CameraKeeperIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration TAKEOVER = Duration.ofSeconds(15);
    private static final long MEMORY_BYTES = 1 << 20;
    private static final CameraRules RULES =
            new CameraRules(
                    Duration.ofSeconds(10), 50, 1_000_000, 1_000_000, 100_000, Duration.ofDays(1));

    @Inject ObjectStore objects;
    @Inject DataSource database;
    @Inject CameraRepository leases;
    @Inject CameraLogPublisher chunks;
    @Inject MadeUpFeeds feeds;

    private final List<KeptTicking> keepers = new ArrayList<>();
    private final List<String> cameras = new ArrayList<>();
    private CameraLogRows log;

    public static class OnlyAnswers implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("tapedeck.ingest.cameras.pull", "false");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(MadeUpFeeds.class);
        }
    }

    @BeforeEach
    void readTheLog() {
        log = new CameraLogRows(database, objects);
    }

    @AfterEach
    void leaveNothing() throws InterruptedException {
        for (KeptTicking keeper : keepers) {
            keeper.close();
        }
        cameras.forEach(CameraApi::delete);
    }

    @Test
    void whenAProcessFreezesAnotherGoesOnAndTheFrozenOneChangesNothing() throws Exception {
        MadeUpCamera camera = MadeUpCamera.on();
        String id = add(camera);
        String session = CameraApi.session(id);
        KeptTicking frozen = keeper(leases, RULES);
        await().atMost(LONG).until(() -> log.count(session) > 5);
        keeper(leases, RULES);

        // It neither renews nor fences itself, but what it has begun goes on.
        frozen.freeze();
        long before = System.nanoTime();
        await().atMost(TAKEOVER).until(() -> camera.connections() == 2);
        System.out.printf("taken over after %d ms%n", (System.nanoTime() - before) / 1_000_000);
        // Its next chunk is refused, and it notices.
        await().atMost(LONG).until(() -> camera.connected() == 1);
        int stored = log.count(session);
        await().atMost(LONG).until(() -> log.count(session) > stored + 20);
        List<CameraLogRows.Row> rows = log.of(session);
        CameraLogRows.assertWhole(rows);
        assertThat(rows.getLast().run()).isEqualTo(1);
        assertThat(Story.words(session)).doesNotContain("Completed");
    }

    @Test
    void whoCannotReachTheDatabaseStopsBeforeAnotherBegins() throws Exception {
        MadeUpCamera camera = MadeUpCamera.on();
        String id = add(camera);
        String session = CameraApi.session(id);
        var cut = new CutLeases(leases);
        keeper(cut, RULES);
        await().atMost(LONG).until(() -> log.count(session) > 5);
        keeper(leases, RULES);

        cut.cut();
        await().atMost(TAKEOVER).until(() -> camera.connections() == 2);
        assertThat(camera.mostConnected()).isOne();
        await().atMost(LONG).until(() -> log.of(session).getLast().run() == 1);
        CameraLogRows.assertWhole(log.of(session));
    }

    @Test
    void whoStopsLetsAnotherGoOnAtOnceAndLosesNothing() throws Exception {
        MadeUpCamera camera = MadeUpCamera.on();
        String id = add(camera);
        String session = CameraApi.session(id);
        KeptTicking first = keeper(leases, RULES);
        await().atMost(LONG).until(() -> log.count(session) > 5);
        first.stop();
        int sent = camera.sent();
        // What the camera has got rid of, and its header.
        assertThat(log.count(session)).isBetween(sent + 1, sent + 2);

        keeper(leases, RULES);
        await().atMost(Duration.ofSeconds(5)).until(() -> camera.connections() == 2);
        await().atMost(LONG).until(() -> log.of(session).getLast().run() == 1);
        CameraLogRows.assertWhole(log.of(session));
    }

    @Test
    void manyCamerasHaveOnePullerEach() throws Exception {
        List<MadeUpCamera> many = IntStream.range(0, 8).mapToObj(_ -> MadeUpCamera.on()).toList();
        many.forEach(this::add);
        for (int i = 0; i < 3; i++) {
            keeper(leases, RULES);
        }
        await().atMost(LONG).until(() -> many.stream().allMatch(c -> c.sent() > 50));
        assertThat(many).allSatisfy(c -> assertThat(c.mostConnected()).isOne());
    }

    @Test
    void aCameraThatNobodyPullsSaysSo() throws Exception {
        String id = add(MadeUpCamera.on());
        assertThat(CameraApi.view(id).getString("problem")).isNull();
        longAgo("created_at", id);
        assertThat(CameraApi.view(id).getString("problem.code")).isEqualTo("camera-not-pulled");

        KeptTicking only = keeper(leases, RULES);
        await().atMost(LONG).until(() -> CameraApi.state(id).equals("online"));
        only.stop();
        assertThat(CameraApi.view(id).getString("problem")).isNull();
        longAgo("lease_until", id);
        assertThat(CameraApi.state(id)).isEqualTo("offline");
        assertThat(CameraApi.view(id).getString("problem.code")).isEqualTo("camera-not-pulled");
    }

    private void longAgo(String column, String id) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "update camera set %s = now() - interval '1 minute' where id = '%s'"
                            .formatted(column, id));
        }
    }

    @Test
    void aStoreThatIsAwayIsSatOutWithoutLoss() throws Exception {
        MadeUpCamera camera = MadeUpCamera.on();
        String id = add(camera);
        String session = CameraApi.session(id);
        // Room for two seconds of pieces, each of which takes a KiB.
        keeper(leases, RULES, 100 << 10);
        await().atMost(LONG).until(() -> log.count(session) > 5);
        Neighbours.running().kill(Component.OBJECTS);
        try {
            await().atMost(LONG)
                    .until(() ->
                            "store-unavailable"
                                    .equals(CameraApi.view(id).getString("problem.code")));
            assertThat(CameraApi.state(id)).isEqualTo("online");
            // When the memory is full, the camera waits.
            await().during(Duration.ofSeconds(1)).atMost(LONG).until(stands(camera));
            assertThat(camera.sent()).isGreaterThan(100);
        } finally {
            Neighbours.running().start(Component.OBJECTS);
        }
        int waited = camera.sent();
        await().atMost(LONG).until(() -> log.count(session) > waited + 50);
        await().atMost(LONG).until(() -> CameraApi.view(id).getString("problem") == null);
        CameraLogRows.assertWhole(log.of(session));
        assertThat(camera.connections()).isOne();
    }

    @Test
    void aFullSessionIsFollowedByAnother() throws Exception {
        MadeUpCamera camera = MadeUpCamera.on();
        String id = add(camera);
        String first = CameraApi.session(id);
        keeper(leases, new CameraRules(RULES.lease(), 50, 10, 10, 100_000, Duration.ofDays(1)));
        await().atMost(LONG).until(() -> Story.words(first).contains("Completed"));
        CameraLogRows.assertWhole(log.of(first));
        assertThat(log.count(first)).isEqualTo(9);
        await().atMost(LONG).until(() -> !CameraApi.session(id).equals(first));
        String next = CameraApi.session(id);
        await().atMost(LONG).until(() -> Story.words(next).contains("Completed"));
        CameraLogRows.assertWhole(log.of(next));
        assertThat(log.of(next).getFirst().text()).isEqualTo("header 0");
        assertThat(camera.connections()).isOne();
    }

    @Test
    void eachChunkCountsOnceAndOnlyOfTheLatestClaim() throws Exception {
        String id = add(MadeUpCamera.off());
        String session = CameraApi.session(id);
        CameraClaim old = claim(id);
        byte[] bytes = {1, 2, 3};
        chunks.append(id, old.epoch(), old.place(), 0, bytes);
        // It did not learn whether that was committed.
        chunks.append(id, old.epoch(), old.place(), 0, bytes);
        assertThat(leases.renew(id, old.epoch(), old.status())).isTrue();
        assertThat(leases.claim(50)).isEmpty();

        leases.release(id, old.epoch());
        CameraClaim latest = claim(id);
        assertThat(latest.epoch()).isEqualTo(old.epoch() + 1);
        assertThat(latest.place()).isEqualTo(new CameraClaim.Place(session, 1, 1));
        assertThat(leases.renew(id, old.epoch(), old.status())).isFalse();
        assertThatExceptionOfType(CameraLog.LostException.class)
                .isThrownBy(() -> chunks.append(id, old.epoch(), latest.place(), 1, bytes));
        assertThatExceptionOfType(CameraLog.LostException.class)
                .isThrownBy(() -> chunks.goOn(id, old.epoch(), session));
        assertThat(log.count(session)).isOne();
        try (var stored = objects.list("chunks/" + session + "/")) {
            assertThat(stored).hasSize(1);
        }
        String next = chunks.goOn(id, latest.epoch(), session);
        assertThat(chunks.goOn(id, latest.epoch(), session)).isEqualTo(next);
        assertThat(Story.words(session)).containsExactly("Opened", "ChunkStored", "Completed");
    }

    @Test
    void noChunkCountsBehindTheLease() throws Exception {
        String id = add(MadeUpCamera.off());
        CameraClaim claim = claim(id);
        longAgo("lease_until", id);
        assertThatExceptionOfType(CameraLog.LostException.class)
                .isThrownBy(
                        () -> chunks.append(id, claim.epoch(), claim.place(), 0, new byte[] {1}));
        assertThat(log.count(CameraApi.session(id))).isZero();
    }

    private CameraClaim claim(String id) {
        List<CameraClaim> claims = leases.claim(50);
        assertThat(claims).extracting(CameraClaim::id).containsExactly(id);
        return claims.getFirst();
    }

    private String add(MadeUpCamera camera) {
        String id = CameraApi.add(camera);
        cameras.add(id);
        return id;
    }

    private KeptTicking keeper(CameraLeases behind, CameraRules rules) {
        return keeper(behind, rules, MEMORY_BYTES);
    }

    private KeptTicking keeper(CameraLeases behind, CameraRules rules, long memoryBytes) {
        var keeper =
                new CameraKeeper(
                        behind,
                        feeds,
                        chunks,
                        new CameraBuffer.Memory(memoryBytes),
                        rules,
                        Clock.systemUTC());
        var ticking = new KeptTicking(keeper);
        keepers.add(ticking);
        return ticking;
    }

    /// Whether a camera has got rid of nothing since it was asked last.
    private static Callable<Boolean> stands(MadeUpCamera camera) {
        var last = new AtomicInteger(-1);
        return () -> last.getAndSet(camera.sent()) == camera.sent();
    }
}
