package io.tapedeck.chassis.outbox;

/// A row of the outbox.
///
/// @param id order of appending
/// @param key Kafka key
/// @param payload JSON, never changed
@SuppressWarnings("ArrayRecordComponent") // never compared
record OutboxMessage(long id, String topic, String key, byte[] payload) {}
