package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.IngestConfig;
import io.tapedeck.ingest.camera.CameraFeeds;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Makes the feeds of cameras out of the configuration.
final class FeedsProducer {

    /// Schemes, maybe several as in `jdbc:postgresql:`, what is between `//` and the next slash,
    /// and what follows, which names nobody.
    private static final Pattern ADDRESS =
            Pattern.compile("(?:([a-zA-Z][a-zA-Z0-9+.:_-]*)://)?([^/?#;]*).*", Pattern.DOTALL);

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9_.-]+)(?::([0-9]{1,5}))?");

    private static final int BROKER_PORT = 9092;

    @Produces
    @Singleton
    CameraFeeds feeds(
            IngestConfig config,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String database,
            @ConfigProperty(name = "kafka.bootstrap.servers") String broker,
            @ConfigProperty(name = "tapedeck.objects.endpoint") String objects,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        var own = new ArrayList<InetSocketAddress>();
        for (String address : List.of(database, broker, objects, "0.0.0.0:" + port)) {
            own.addAll(doors(address));
        }
        config.cameras().refuse().ifPresent(more -> more.forEach(m -> own.addAll(doors(m))));
        AllowList allow = AllowList.parse(config.cameras().allow().orElse(List.of()));
        return new SchemeFeeds(
                new SafeAddresses(allow, own), new CopyCommand(config.cameras().ffmpegPath()));
    }

    /// Hosts and ports in an address of any kind: `jdbc:postgresql://db,db-2:5433/tapedeck`,
    /// `broker-1:9092,broker-2`, `https://[::1]`. Without a port it is what everybody takes.
    static List<InetSocketAddress> doors(String addresses) {
        var found = new ArrayList<InetSocketAddress>();
        int usual = BROKER_PORT;
        // What follows a question mark may have commas, and names nobody.
        for (String address : addresses.split("\\?", 2)[0].split("[, ]+")) {
            var parts = ADDRESS.matcher(address);
            if (!parts.matches()) {
                continue;
            }
            usual = parts.group(1) == null ? usual : usualPort(parts.group(1));
            String authority = parts.group(2);
            if (address.startsWith("jdbc:") && (parts.group(1) == null || authority.isEmpty())) {
                // jdbc:postgresql:tapedeck, jdbc:postgresql:///tapedeck
                authority = "localhost:5432";
            }
            var door = HOST_AND_PORT.matcher(authority.substring(authority.lastIndexOf('@') + 1));
            if (door.matches()) {
                int port = door.group(2) == null ? usual : Integer.parseInt(door.group(2));
                String host = door.group(1).replaceAll("[\\[\\]]", "");
                if (port <= 65_535) {
                    found.add(InetSocketAddress.createUnresolved(host, port));
                }
            }
        }
        return List.copyOf(found);
    }

    private static int usualPort(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> 80;
            case "https" -> 443;
            case String other when other.startsWith("jdbc:") -> 5432;
            default -> BROKER_PORT;
        };
    }
}
