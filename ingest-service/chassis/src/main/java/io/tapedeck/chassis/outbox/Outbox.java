package io.tapedeck.chassis.outbox;

import java.util.List;

/// Where a transaction leaves the events it causes.
///
/// [#append] must run inside a transaction: the message becomes a row of it, is sent to Kafka right
/// after the commit and its row deleted when the broker has confirmed it. What a crash or a broker
/// outage left behind is sent by a relay, in the order of appending for each key. A message may be
/// sent twice, and two appended close together may arrive in the other order; consumers go by the
/// sequence inside.
public interface Outbox {

    /// Leaves one message.
    ///
    /// @param key Kafka key
    /// @param payload written as JSON
    /// @throws IllegalStateException there is no transaction
    void append(String topic, String key, Object payload);

    /// Leaves many at once, in order: far cheaper than one by one.
    ///
    /// @param key Kafka key of all of them
    /// @param payloads each is written as JSON
    /// @throws IllegalStateException there is no transaction
    void appendAll(String topic, String key, List<?> payloads);
}
