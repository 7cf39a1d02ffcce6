package io.tapedeck.standalone.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void namesAreWrittenAsTheServicesLookForThem() {
        assertThat(
                        Environment.of(
                                Map.of(
                                        "tapedeck.objects.access-key", "a",
                                        "quarkus.datasource.jdbc.url", "b")))
                .containsOnly(
                        Map.entry("TAPEDECK_OBJECTS_ACCESS_KEY", "a"),
                        Map.entry("QUARKUS_DATASOURCE_JDBC_URL", "b"));
    }
}
