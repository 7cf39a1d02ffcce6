package io.tapedeck.chassis.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How messages leave.
@ConfigMapping(prefix = "tapedeck.outbox")
interface OutboxConfig {

    /// How often the relay looks for messages left behind.
    @WithDefault("1s")
    Duration relayEvery();

    /// Age from which a message of another process counts as left behind. Younger ones are most
    /// likely on their way.
    @WithDefault("3s")
    Duration leftBehindAfter();

    /// Messages the relay sends in one transaction.
    @WithDefault("500")
    int relayBatch();

    /// How long the broker may take to confirm a message before it is left to the relay.
    @WithDefault("30s")
    Duration deliveryTimeout();
}
