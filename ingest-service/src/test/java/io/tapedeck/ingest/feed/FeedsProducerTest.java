package io.tapedeck.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedsProducerTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db:5433/tapedeck | db:5433",
                "jdbc:postgresql://db/tapedeck | db:5432",
                "jdbc:postgresql://db,db-2:6432/tapedeck?sslmode=a,b | db:5432 db-2:6432",
                "jdbc:postgresql://u:p@db/tapedeck | db:5432",
                "jdbc:postgresql:tapedeck | localhost:5432",
                "jdbc:postgresql:///tapedeck | localhost:5432",
                "jdbc:otel:postgresql://[fd12::1]/tapedeck | fd12::1:5432",
                "https://s3.internal | s3.internal:443",
                "http://s3.internal/path:1 | s3.internal:80",
                "http://[::1]:9000 | ::1:9000",
                "broker-1:19092,broker-2 | broker-1:19092 broker-2:9092",
                "SSL://broker-1, SSL://broker-2:9 | broker-1:9092 broker-2:9",
                "0.0.0.0:8080 | 0.0.0.0:8080",
            })
    void ownDoorsAreFoundWithAndWithoutPorts(String address, String doors) {
        assertThat(FeedsProducer.doors(address))
                .extracting(door -> door.getHostString() + ":" + door.getPort())
                .containsExactly(doors.split(" "));
    }
}
