package io.tapedeck.chassis.objects;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/// Where the objects are. Any S3 store will do.
@ConfigMapping(prefix = "tapedeck.objects")
interface ObjectsConfig {

    /// `http://host:port` or `https://host`.
    URI endpoint();

    /// Stores for one machine do not care, but the signature covers it.
    @WithDefault("us-east-1")
    String region();

    /// Created at startup when it is missing.
    @WithDefault("tapedeck")
    String bucket();

    /// `host/bucket/key` rather than `bucket.host/key`, because only the big clouds resolve a name
    /// for each bucket.
    @WithDefault("true")
    boolean pathStyle();

    String accessKey();

    String secretKey();

    /// Calls to the store at one time; more wait.
    @WithDefault("64")
    int maxConnections();
}
