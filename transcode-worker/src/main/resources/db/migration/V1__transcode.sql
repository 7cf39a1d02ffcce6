-- Schema `transcode`: what the worker knows of sessions, and what is still to be done.
-- Times on the media timeline are ticks of 1/90000 s; sizes and offsets are bytes.
-- Whoever tells the world something about a session holds the lock of its session_plan row, which
-- is always taken first.

create table session_plan (
    session_id text primary key,
    version bigint not null default 0,
    state text not null default 'planning'
        check (state in ('planning', 'planned', 'failed', 'removed')),
    live boolean not null default true,
    opened_at timestamptz,
    hidden boolean not null default false,
    hidden_sequence bigint not null default 0,
    chunk_count bigint check (chunk_count >= 0),
    missing jsonb not null default '[]',
    next_chunk bigint not null default 0 check (next_chunk >= 0),
    run integer,
    run_offset_bytes bigint not null default 0 check (run_offset_bytes >= 0),
    run_broken boolean not null default false,
    after_hole boolean not null default false,
    planner_state bytea,
    next_window bigint not null default 0 check (next_window >= 0),
    next_origin_ticks bigint not null default 0 check (next_origin_ticks >= 0),
    planned_ticks bigint not null default 0 check (planned_ticks >= 0),
    stretch integer not null default -1,
    stretch_run integer,
    stretch_origin_ticks bigint,
    gaps jsonb not null default '[]',
    failure_code text,
    failure_message text,
    event_sequence bigint not null default 0,
    due_segments integer not null default 0 check (due_segments >= 0),
    advanced_at timestamptz,
    removed_at timestamptz,
    swept_at timestamptz,
    created_at timestamptz not null default now(),
    check ((state = 'failed') = (failure_code is not null)),
    check ((state = 'removed') = (removed_at is not null)),
    check (not run_broken or planner_state is null)
);
comment on table session_plan is 'How far each session is planned; one row per session, kept as a tombstone when it is removed';
comment on column session_plan.version is 'Counts commits of the planner; a commit that expects another one is lost';
comment on column session_plan.state is 'planning: more may come; planned: every chunk is planned; failed: nothing more can be made of it; removed: a tombstone';
comment on column session_plan.live is 'Whether somebody may be watching while it is recorded, as the client said';
comment on column session_plan.opened_at is 'When the session was opened; null until told';
comment on column session_plan.hidden is 'Whether the owner deleted it and may still undo that';
comment on column session_plan.hidden_sequence is 'Ingest sequence of the fact that hidden comes from; older ones are ignored';
comment on column session_plan.chunk_count is 'Chunks the session has, counting missing ones; null until it is complete';
comment on column session_plan.missing is 'Chunk indexes that never came, [[first,last],…], inclusive';
comment on column session_plan.next_chunk is 'First chunk not yet planned';
comment on column session_plan.run is 'Announced run of the chunk before next_chunk; null before the first';
comment on column session_plan.run_offset_bytes is 'Bytes of that run before next_chunk';
comment on column session_plan.run_broken is 'Whether the rest of that run is of no use';
comment on column session_plan.after_hole is 'Whether chunks are missing right before the beginning of that run';
comment on column session_plan.planner_state is 'Saved parser and clocks at run_offset_bytes; null when no run is open';
comment on column session_plan.next_window is 'Number of the next run''s first window';
comment on column session_plan.next_origin_ticks is 'Where the next run starts';
comment on column session_plan.planned_ticks is 'End of the last planned window';
comment on column session_plan.stretch is 'Unbroken stretch of the last planned window, from 0; -1 before the first';
comment on column session_plan.stretch_run is 'Announced run of that stretch';
comment on column session_plan.stretch_origin_ticks is 'Origin of that stretch';
comment on column session_plan.gaps is 'Time known to be missing, as in the contract';
comment on column session_plan.failure_code is 'Stable code of the failure';
comment on column session_plan.failure_message is 'The failure, for people';
comment on column session_plan.event_sequence is 'Sequence of the last event told about this session';
comment on column session_plan.due_segments is 'Rows of segment in state due';
comment on column session_plan.advanced_at is 'Last commit of the planner';
comment on column session_plan.removed_at is 'When it was removed for good';
comment on column session_plan.swept_at is 'When its objects were last deleted';
comment on column session_plan.created_at is 'When the worker first heard of it';
create index session_plan_planning on session_plan (session_id) where state = 'planning';
create index session_plan_removed on session_plan (removed_at) where state = 'removed';

create table chunk (
    session_id text not null references session_plan on delete cascade,
    chunk_index bigint not null check (chunk_index >= 0),
    run integer not null,
    object_key text not null,
    size_bytes bigint not null check (size_bytes >= 0),
    sha256 text not null,
    stored_at timestamptz not null,
    told_at timestamptz not null default now(),
    offset_bytes bigint check (offset_bytes >= 0),
    primary key (session_id, chunk_index)
);
comment on table chunk is 'The chunk log as ingest told it';
comment on column chunk.session_id is 'Its session';
comment on column chunk.chunk_index is 'Number in the session, from 0, through all runs';
comment on column chunk.run is 'Announced run; never falls as chunk_index rises';
comment on column chunk.object_key is 'Where its bytes are';
comment on column chunk.size_bytes is 'How many; 0 means that there is no object to read';
comment on column chunk.sha256 is 'Lower-case hex digest of the bytes';
comment on column chunk.stored_at is 'When ingest committed it';
comment on column chunk.told_at is 'When the worker heard of it';
comment on column chunk.offset_bytes is 'Bytes of its run before it; null until planned';
create index chunk_run on chunk (session_id, run, offset_bytes) where offset_bytes is not null;

create table rendition (
    session_id text not null references session_plan on delete cascade,
    name text not null,
    generation integer not null check (generation >= 1),
    width_pixels integer not null check (width_pixels >= 0),
    height_pixels integer not null check (height_pixels >= 0),
    target_duration_seconds integer not null check (target_duration_seconds > 0),
    primary key (session_id, name, generation)
);
comment on table rendition is 'Qualities that a session is rendered in';
comment on column rendition.session_id is 'Its session';
comment on column rendition.name is 'e.g. 720p; audio for a session without pictures';
comment on column rendition.generation is 'From 1; re-rendering starts another';
comment on column rendition.width_pixels is '0 without pictures';
comment on column rendition.height_pixels is '0 without pictures';
comment on column rendition.target_duration_seconds is 'Upper bound of a segment''s rounded duration';

create table planned_window (
    session_id text not null references session_plan on delete cascade,
    window_index bigint not null check (window_index >= 0),
    run integer not null,
    stretch integer not null check (stretch >= 0),
    origin_ticks bigint not null check (origin_ticks >= 0),
    start_ticks bigint not null check (start_ticks >= 0),
    end_ticks bigint not null,
    last boolean not null,
    from_bytes bigint not null check (from_bytes >= 0),
    to_bytes bigint not null,
    checkpoint bytea not null,
    primary key (session_id, window_index),
    check (end_ticks > start_ticks),
    check (to_bytes >= from_bytes)
);
comment on table planned_window is 'Spans of the media timeline to render, the same for every rendition; never changed';
comment on column planned_window.session_id is 'Its session';
comment on column planned_window.window_index is 'Number in the session, from 0';
comment on column planned_window.run is 'Announced run whose bytes it is made of';
comment on column planned_window.stretch is 'Unbroken stretch of the timeline; where it differs from the window before, there is a discontinuity';
comment on column planned_window.origin_ticks is 'Where its stretch starts on the session''s timeline';
comment on column planned_window.start_ticks is 'Start behind the origin';
comment on column planned_window.end_ticks is 'End behind the origin, exclusive';
comment on column planned_window.last is 'Whether its stretch ends with it';
comment on column planned_window.from_bytes is 'First byte of the run to read';
comment on column planned_window.to_bytes is 'End of the bytes to read, exclusive';
comment on column planned_window.checkpoint is 'Saved parser and clocks at from_bytes';

create table segment (
    session_id text not null,
    rendition text not null,
    generation integer not null,
    window_index bigint not null,
    state text not null default 'due' check (state in ('due', 'rendered', 'failed')),
    attempts integer not null default 0 check (attempts >= 0),
    failures integer not null default 0 check (failures >= 0),
    emissions integer not null default 1,
    next_emit_at timestamptz not null,
    object_key text,
    digest text,
    size_bytes bigint,
    codecs text,
    frames integer,
    reason text,
    settled_at timestamptz,
    primary key (session_id, rendition, generation, window_index),
    foreign key (session_id, window_index) references planned_window on delete cascade,
    foreign key (session_id, rendition, generation) references rendition on delete cascade,
    check ((state = 'rendered') = (object_key is not null and digest is not null
        and size_bytes is not null and codecs is not null and frames is not null)),
    check ((state = 'failed') = (reason is not null)),
    check ((state = 'due') = (settled_at is null))
);
comment on table segment is 'Windows to be rendered, one row per rendition; the first result wins and stays';
comment on column segment.session_id is 'Its session';
comment on column segment.rendition is 'Its rendition';
comment on column segment.generation is 'Generation of the rendition';
comment on column segment.window_index is 'Its window';
comment on column segment.state is 'due, rendered, or failed: a known gap that is not tried again';
comment on column segment.attempts is 'Renderings begun, except those given back because a neighbour was away';
comment on column segment.failures is 'Renderings that failed because of the bytes or of ffmpeg';
comment on column segment.emissions is 'Jobs sent for it; each next one waits longer';
comment on column segment.next_emit_at is 'When another job is sent if it is still due';
comment on column segment.object_key is 'The segment, once rendered';
comment on column segment.digest is 'Short digest of its bytes, part of the public address';
comment on column segment.size_bytes is 'Its size';
comment on column segment.codecs is 'RFC 6381 codecs, read from its bytes';
comment on column segment.frames is 'Pictures in it';
comment on column segment.reason is 'Why it failed, for people';
comment on column segment.settled_at is 'When it was rendered or failed';
create index segment_due on segment (next_emit_at) where state = 'due';

create table task (
    task_id text primary key,
    session_id text not null references session_plan on delete cascade,
    task_type text not null check (task_type in ('export')),
    format text not null,
    generation integer not null check (generation >= 1),
    state text not null
        check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    attempt integer not null default 0 check (attempt >= 0),
    tries integer not null default 0 check (tries >= 0),
    progress double precision not null default 0 check (progress between 0 and 1),
    lease_until timestamptz,
    emissions integer not null default 0,
    next_emit_at timestamptz not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    result_key text,
    result_bytes bigint not null default 0 check (result_bytes >= 0),
    error text,
    unique (session_id, task_type, format, generation),
    check ((state = 'running') = (lease_until is not null)),
    check ((state = 'succeeded') = (result_key is not null)),
    check ((state = 'failed') = (error is not null)),
    check ((state in ('succeeded', 'failed', 'cancelled')) = (finished_at is not null))
);
comment on table task is 'Background jobs that one can ask about';
comment on column task.task_id is 'Follows from session, format and generation (ExportTaskId)';
comment on column task.session_id is 'Its session';
comment on column task.task_type is 'What kind of job';
comment on column task.format is 'What an export makes';
comment on column task.generation is 'Generation of the rendition that it is made of';
comment on column task.state is 'queued, running, then succeeded, failed or cancelled';
comment on column task.attempt is 'Counts starts and never falls; a runner that finds another one here has lost the task';
comment on column task.tries is 'Starts since it was queued by somebody, except those that a neighbour spoilt';
comment on column task.progress is '0 to 1';
comment on column task.lease_until is 'Until when its runner counts as alive without a sign of life';
comment on column task.emissions is 'Jobs sent since it was queued; each next one waits longer';
comment on column task.next_emit_at is 'When another job is sent if it is still queued, or its runner has gone silent';
comment on column task.created_at is 'When it was first asked for';
comment on column task.started_at is 'When its present attempt started';
comment on column task.finished_at is 'When it came to its end';
comment on column task.result_key is 'Object key of the result';
comment on column task.result_bytes is 'Size of the result';
comment on column task.error is 'Why it failed, for people';
create index task_open on task (next_emit_at) where state in ('queued', 'running');

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
