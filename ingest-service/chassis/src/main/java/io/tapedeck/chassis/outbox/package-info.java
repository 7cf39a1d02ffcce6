/// Transactional outbox: events are rows of the transaction that made them, sent right after its
/// commit, and by a relay when a crash or a broker outage came between.
///
/// Each service that appends has this table in its own schema, made by its own migration:
///
/// ```sql
/// create table outbox (
///     id bigint generated always as identity primary key,
///     topic text not null,
///     message_key text not null,
///     payload bytea not null,
///     created_at timestamptz not null default now()
/// );
/// comment on table outbox is 'Messages not yet confirmed by the broker';
/// comment on column outbox.id is 'Order of appending; the relay sends in this order';
/// comment on column outbox.topic is 'Kafka topic';
/// comment on column outbox.message_key is 'Kafka key; order is kept per key';
/// comment on column outbox.payload is 'The message as JSON, UTF-8';
/// comment on column outbox.created_at is 'Start of the transaction that appended it';
/// ```
///
/// Order holds per key when whoever appends for a key holds a row lock for it, because then the ids
/// of a key rise in the order of its commits.
@NullMarked
package io.tapedeck.chassis.outbox;

import org.jspecify.annotations.NullMarked;
