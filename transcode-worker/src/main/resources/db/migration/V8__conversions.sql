-- A run in a container that cannot be planned while it comes is converted once, when the session is
-- complete, and planned from what came out. The chunks stay as they are.
alter table session_plan drop constraint session_plan_state_check;
alter table session_plan add constraint session_plan_state_check
    check (state in ('planning', 'converting', 'planned', 'failed', 'removed'));
comment on column session_plan.state is 'planning: more may come; converting: no more will come, and runs are being converted, behind which another plan begins; planned: every chunk is planned; failed: nothing more can be made of it; removed: a tombstone';
create index session_plan_converting on session_plan (session_id) where state = 'converting';

create table conversion (
    session_id text not null references session_plan on delete cascade,
    run integer not null,
    container text not null check (container in ('ogg', 'mp4')),
    state text not null default 'due' check (state in ('due', 'made', 'failed')),
    attempt integer not null default 0 check (attempt >= 0),
    tries integer not null default 0 check (tries >= 0),
    lease_until timestamptz,
    emissions integer not null default 1,
    next_emit_at timestamptz not null,
    object_key text,
    reason text,
    primary key (session_id, run),
    check (state = 'due' or lease_until is null),
    check ((state = 'made') = (object_key is not null)),
    check ((state = 'failed') = (reason is not null))
);
comment on table conversion is 'Runs that cannot be planned as they came; the first result wins and stays';
comment on column conversion.session_id is 'Its session';
comment on column conversion.run is 'Its announced run';
comment on column conversion.container is 'What the run is, by its bytes';
comment on column conversion.state is 'due: to be converted as soon as the session is converting; made; failed: it cannot be, and is not tried again';
comment on column conversion.attempt is 'Counts starts and never falls; whoever finds another one here has lost it';
comment on column conversion.tries is 'Starts, except those that a neighbour spoilt';
comment on column conversion.lease_until is 'Until when its worker counts as alive without a sign of life; null when none is at it';
comment on column conversion.emissions is 'Jobs sent for it; each next one waits longer';
comment on column conversion.next_emit_at is 'When another job is sent if it is still due and nobody is at it';
comment on column conversion.object_key is 'What came out, once made';
comment on column conversion.reason is 'Why it failed, for people';
create index conversion_due on conversion (next_emit_at) where state = 'due';

create table converted_chunk (
    session_id text not null,
    chunk_index bigint not null,
    object_key text not null,
    offset_bytes bigint not null check (offset_bytes >= 0),
    size_bytes bigint not null check (size_bytes >= 0),
    primary key (session_id, chunk_index),
    foreign key (session_id, chunk_index) references chunk on delete cascade
);
comment on table converted_chunk is 'What came out of a run''s conversion, in as many equal shares as the run has chunks; nothing of such a run is in a plan from before';
comment on column converted_chunk.session_id is 'Its session';
comment on column converted_chunk.chunk_index is 'The chunk that it stands for';
comment on column converted_chunk.object_key is 'Where its bytes are, with those of the whole run';
comment on column converted_chunk.offset_bytes is 'Where they begin in that object';
comment on column converted_chunk.size_bytes is 'How many; 0 means that there is nothing to read';

create view readable_chunk as
    select c.session_id, c.chunk_index, c.run,
        coalesce(v.object_key, c.object_key) as object_key,
        coalesce(v.offset_bytes, 0) as object_offset_bytes,
        coalesce(v.size_bytes, c.size_bytes) as size_bytes,
        v.object_key is not null as converted,
        c.stored_at, c.told_at, c.misses
    from chunk c left join converted_chunk v using (session_id, chunk_index);
comment on view readable_chunk is 'The chunk log as it is planned and rendered';
