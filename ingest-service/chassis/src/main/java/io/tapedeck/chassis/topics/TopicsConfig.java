package io.tapedeck.chassis.topics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How topics are made. Topics that exist are left as they are.
@ConfigMapping(prefix = "tapedeck.topics")
interface TopicsConfig {

    /// How many consumers of one group can share a story topic.
    @WithDefault("8")
    int storyPartitions();

    /// 1 fits one broker; 3 a cluster.
    @WithDefault("1")
    short replicationFactor();

    /// How long the start waits for the topics. Consumers that subscribe before a topic exists may
    /// notice it minutes later. After that the service runs and keeps trying.
    @WithDefault("10s")
    Duration startTimeout();
}
