create table session (
    id text primary key,
    title text not null,
    mime_type text not null,
    live boolean not null,
    upload_token_sha256 bytea not null check (octet_length(upload_token_sha256) = 32),
    state text not null check (state in ('recording', 'interrupted', 'completing')),
    created_at timestamptz not null,
    active_at timestamptz not null,
    hidden_at timestamptz,
    chunk_count bigint check (chunk_count >= 0),
    size_bytes bigint not null default 0 check (size_bytes >= 0),
    last_sequence bigint not null default 0 check (last_sequence >= 0),
    constraint session_counted_when_complete
        check ((state = 'completing') = (chunk_count is not null))
);
comment on table session is 'What one person records or sends. A row is gone when the session is removed for good';
comment on column session.id is 'Random, 130 bits, base 32: it is the link';
comment on column session.title is 'What a person called it, possibly empty';
comment on column session.mime_type is 'What the client says it records, as it said it';
comment on column session.live is 'Whether somebody may be watching while it is recorded';
comment on column session.upload_token_sha256 is 'SHA-256 of the token that writes chunks; the token itself is not kept';
comment on column session.state is 'recording: takes chunks. interrupted: takes chunks, but none came for a while. completing: takes none';
comment on column session.created_at is 'When it was opened';
comment on column session.active_at is 'When it was opened, restored or last got a chunk; silence counts from here';
comment on column session.hidden_at is 'When the owner deleted it; null while it is shown';
comment on column session.chunk_count is 'Chunks it has, counting the missing ones; null until it is completed';
comment on column session.size_bytes is 'Sum of its chunks'' sizes';
comment on column session.last_sequence is 'Sequence of its latest event; its events are numbered 1, 2, 3 under the lock of this row';

create index session_open on session (active_at)
    where state in ('recording', 'interrupted') and hidden_at is null;
create index session_hidden on session (hidden_at) where hidden_at is not null;

create table chunk (
    session_id text not null references session (id),
    index bigint not null check (index >= 0),
    run integer not null check (run >= 0),
    object_key text not null,
    size_bytes bigint not null check (size_bytes >= 0),
    sha256 bytea not null check (octet_length(sha256) = 32),
    stored_at timestamptz not null,
    primary key (session_id, index),
    constraint chunk_object_unless_empty check ((size_bytes = 0) = (object_key = ''))
);
comment on table chunk is 'The chunk log: which attempt at storing a chunk counts';
comment on column chunk.session_id is 'Whose it is';
comment on column chunk.index is 'Its number in the session, from 0, through all runs';
comment on column chunk.run is 'The unbroken byte stream it belongs to; never falls as the index rises';
comment on column chunk.object_key is 'Where its bytes are; empty for an empty chunk, which has no object';
comment on column chunk.size_bytes is 'How many bytes';
comment on column chunk.sha256 is 'Digest of the bytes';
comment on column chunk.stored_at is 'When it was committed';

create unique index chunk_object on chunk (object_key) where size_bytes > 0;

create table outbox (
    id bigint generated always as identity primary key,
    topic text not null,
    message_key text not null,
    payload bytea not null,
    created_at timestamptz not null default now()
);
comment on table outbox is 'Messages not yet confirmed by the broker';
comment on column outbox.id is 'Order of appending; the relay sends in this order';
comment on column outbox.topic is 'Kafka topic';
comment on column outbox.message_key is 'Kafka key; order is kept per key';
comment on column outbox.payload is 'The message as JSON, UTF-8';
comment on column outbox.created_at is 'Start of the transaction that appended it';
