package io.tapedeck.neighbours;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/// Gives a `@QuarkusTest` real neighbours and tells it where they are. Further configuration can
/// come as `initArgs`.
public final class NeighboursResource implements QuarkusTestResourceLifecycleManager {

    /// The owner key of services under test.
    public static final String OWNER_KEY = "owner-key-of-the-tests";

    private Map<String, String> more = Map.of();

    @Override
    public void init(Map<String, String> initArgs) {
        more = Map.copyOf(initArgs);
    }

    @Override
    public Map<String, String> start() {
        Neighbours neighbours = Neighbours.running();
        var config = new HashMap<String, String>();
        config.put("quarkus.datasource.jdbc.url", neighbours.jdbcUrl());
        config.put("quarkus.datasource.username", "postgres");
        config.put("quarkus.datasource.password", "postgres");
        config.put("kafka.bootstrap.servers", neighbours.kafkaBootstrapServers());
        config.put("tapedeck.objects.endpoint", neighbours.objectsEndpoint());
        config.put("tapedeck.objects.access-key", Neighbours.ACCESS_KEY);
        config.put("tapedeck.objects.secret-key", Neighbours.SECRET_KEY);
        config.put("tapedeck.owner.key", OWNER_KEY);
        config.put("quarkus.http.test-port", "0");
        config.putAll(more);
        return config;
    }

    @Override
    public void stop() {
        // They serve the other tests of this JVM and end with it.
    }
}
