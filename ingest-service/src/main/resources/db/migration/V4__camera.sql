create table camera (
    id text primary key,
    name text not null check (length(name) between 1 and 200),
    url text not null,
    segment_seconds integer not null check (segment_seconds between 1 and 10),
    history_seconds bigint not null
        check (history_seconds = 0 or history_seconds between 30 and 1000000),
    created_at timestamptz not null,
    session_id text not null unique,
    next_index bigint not null default 0 check (next_index >= 0),
    next_run integer not null default 0 check (next_run >= 0),
    epoch bigint not null default 0 check (epoch >= 0),
    lease_until timestamptz,
    state text not null default 'connecting'
        check (state in ('connecting', 'online', 'offline')),
    state_since timestamptz not null,
    problem_code text,
    problem_detail text,
    retry_at timestamptz,
    last_bytes_at timestamptz,
    constraint camera_problem_in_words check ((problem_code is null) = (problem_detail is null)),
    constraint camera_offline_for_a_reason check (state <> 'offline' or problem_code is not null)
);
comment on table camera is 'Addresses that bytes are pulled from around the clock';
comment on column camera.id is 'Random, 130 bits, base 32';
comment on column camera.name is 'What a person calls it; the title of its sessions';
comment on column camera.url is 'Where it is, with its password, if it has one; shown to nobody';
comment on column camera.segment_seconds is 'How long its segments are';
comment on column camera.history_seconds is 'How far back it can be watched; 0 keeps everything';
comment on column camera.created_at is 'When it was added';
comment on column camera.session_id is 'The session that its bytes go to. No foreign key, because its owner may delete the session first';
comment on column camera.next_index is 'The number of its next chunk in that session. Kept here, because old chunks are forgotten';
comment on column camera.next_run is 'The number of its next run in that session';
comment on column camera.epoch is 'Rises with each process that begins to pull; only chunks of the latest one count';
comment on column camera.lease_until is 'Whoever pulls renews this, by the clock of the database; when it is over, any process may begin. Null before the first';
comment on column camera.state is 'connecting: nobody knows yet. online: bytes come. offline: they do not';
comment on column camera.state_since is 'When that began';
comment on column camera.problem_code is 'Why it is offline, or what else is wrong: stable';
comment on column camera.problem_detail is 'The same for people, without passwords';
comment on column camera.retry_at is 'When it is tried again; null while it is being tried, or online';
comment on column camera.last_bytes_at is 'When bytes came last; null before the first';

create index camera_lease on camera (lease_until);
