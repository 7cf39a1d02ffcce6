-- The read model of playback-service: everything here but `outbox` is folded from Kafka topics and
-- can be thrown away and told again.

create table session (
    id text primary key,
    title text,
    mime_type text,
    live boolean not null default false,
    created_at timestamptz,
    state text not null default 'recording'
        check (state in ('recording', 'interrupted', 'completing', 'ready', 'failed')),
    capture_phase text not null default 'RECORDING'
        check (capture_phase in ('RECORDING', 'INTERRUPTED', 'COMPLETED')),
    capture_sequence bigint not null default 0 check (capture_sequence >= 0),
    chunk_count bigint not null default 0 check (chunk_count >= 0),
    missing_chunks bigint not null default 0 check (missing_chunks between 0 and chunk_count),
    visibility text not null default 'VISIBLE'
        check (visibility in ('VISIBLE', 'HIDDEN', 'REMOVED')),
    visibility_sequence bigint not null default 0 check (visibility_sequence >= 0),
    stored_chunks bigint not null default 0 check (stored_chunks >= 0),
    stored_bytes bigint not null default 0 check (stored_bytes >= 0),
    plan_sequence bigint not null default 0 check (plan_sequence >= 0),
    planned_windows bigint not null default 0 check (planned_windows >= 0),
    planned_ticks bigint not null default 0 check (planned_ticks >= 0),
    plan_complete boolean not null default false,
    planned_gaps jsonb not null default '[]' check (jsonb_typeof(planned_gaps) = 'array'),
    failure_sequence bigint check (failure_sequence > 0),
    failure_code text,
    failure_message text,
    rendered_windows bigint not null default 0 check (rendered_windows >= 0),
    rendered_segments bigint not null default 0 check (rendered_segments >= 0),
    rendered_ticks bigint not null default 0 check (rendered_ticks >= 0),
    constraint session_opening_whole
        check ((created_at is null) = (title is null) and (created_at is null) = (mime_type is null)),
    constraint session_failure_whole
        check (
            (failure_sequence is null) = (failure_code is null)
            and (failure_sequence is null) = (failure_message is null))
);
comment on table session is
    'One row for each session that was ever heard of; its lock covers all rows of that session';
comment on column session.id is 'The link: random, URL-safe';
comment on column session.title is 'What a person called it, possibly empty; null before it is known to be opened';
comment on column session.mime_type is 'What the client said it sends; null before it is known to be opened';
comment on column session.live is 'Whether somebody may watch while it is recorded';
comment on column session.created_at is 'When it was opened; null while only later events have come';
comment on column session.state is 'What the other columns amount to, for viewers';
comment on column session.capture_phase is 'What ingest said last about the coming of bytes';
comment on column session.capture_sequence is 'Sequence of that fact in the story of ingest, 0 for none';
comment on column session.chunk_count is 'Chunks at the end, counting the missing ones; 0 before';
comment on column session.missing_chunks is 'Chunks among them that never came';
comment on column session.visibility is 'VISIBLE; HIDDEN can be undone; REMOVED is for ever and leaves only this row';
comment on column session.visibility_sequence is 'Sequence of that fact in the story of ingest, 0 for none';
comment on column session.stored_chunks is 'Rows in chunk';
comment on column session.stored_bytes is 'Their bytes';
comment on column session.plan_sequence is 'Sequence of the newest plan in the story of the worker, 0 for none';
comment on column session.planned_windows is 'Windows planned so far';
comment on column session.planned_ticks is 'Media time planned so far, 1/90000 s';
comment on column session.plan_complete is 'Whether no window will be added';
comment on column session.planned_gaps is 'Media time known to be missing: [{startTicks, durationTicks, reason}]';
comment on column session.failure_sequence is 'Sequence of the failure in the story of the worker; null without one';
comment on column session.failure_code is 'Stable code of it';
comment on column session.failure_message is 'The same for people';
comment on column session.rendered_windows is 'Windows listed in every shown rendition';
comment on column session.rendered_segments is 'Rendered ones among them, in the rendition that has most';
comment on column session.rendered_ticks is 'Media time that can be played, 1/90000 s';

create index session_newest on session (created_at desc, id desc)
    where visibility = 'VISIBLE' and created_at is not null;

create table chunk (
    session_id text not null references session,
    chunk_index bigint not null check (chunk_index >= 0),
    run integer not null check (run >= 0),
    object_key text not null,
    size_bytes bigint not null check (size_bytes >= 0),
    primary key (session_id, chunk_index)
);
comment on table chunk is 'The chunk log, to serve the bytes as they came';
comment on column chunk.session_id is 'Whose';
comment on column chunk.chunk_index is 'Place in the session, from 0, through all runs';
comment on column chunk.run is 'The unbroken byte stream it belongs to';
comment on column chunk.object_key is 'Where its bytes are; nothing is there when there are none';
comment on column chunk.size_bytes is 'How many';

create table rendition (
    session_id text not null references session,
    name text not null,
    generation integer not null check (generation >= 1),
    width_pixels integer check (width_pixels >= 0),
    height_pixels integer check (height_pixels >= 0),
    target_duration_seconds integer check (target_duration_seconds >= 1),
    listed_windows bigint not null default 0 check (listed_windows >= 0),
    listed_segments bigint not null default 0 check (listed_segments between 0 and listed_windows),
    listed_ticks bigint not null default 0 check (listed_ticks >= 0),
    primary key (session_id, name, generation),
    constraint rendition_layout_whole
        check (
            (target_duration_seconds is null) = (width_pixels is null)
            and (target_duration_seconds is null) = (height_pixels is null))
);
comment on table rendition is 'A rendering of a quality, and how far it can be listed';
comment on column rendition.session_id is 'Whose';
comment on column rendition.name is 'E.g. 720p, or audio';
comment on column rendition.generation is 'From 1; rendering again makes another';
comment on column rendition.width_pixels is '0 without pictures; null while its announcement is on its way';
comment on column rendition.height_pixels is '0 without pictures; null while its announcement is on its way';
comment on column rendition.target_duration_seconds is 'EXT-X-TARGETDURATION; null while its announcement is on its way';
comment on column rendition.listed_windows is 'Windows before the first one whose outcome is unknown';
comment on column rendition.listed_segments is 'Rendered ones among them';
comment on column rendition.listed_ticks is 'Their media time, gaps included, 1/90000 s';

create table segment (
    session_id text not null,
    rendition text not null,
    generation integer not null check (generation >= 1),
    window_index bigint not null check (window_index >= 0),
    run integer not null check (run >= 0),
    start_ticks bigint not null check (start_ticks >= 0),
    duration_ticks bigint not null check (duration_ticks > 0),
    object_key text,
    digest text,
    size_bytes bigint,
    codecs text,
    frames integer,
    gap_reason text,
    primary key (session_id, rendition, generation, window_index),
    constraint segment_or_gap
        check (
            (gap_reason is null
                and object_key is not null and digest is not null
                and size_bytes > 0 and codecs is not null and frames >= 0)
            or (gap_reason is not null
                and object_key is null and digest is null
                and size_bytes is null and codecs is null and frames is null))
);
comment on table segment is 'What became of each window: a segment, or a gap. The first row stays';
comment on column segment.session_id is 'Whose';
comment on column segment.rendition is 'Which quality';
comment on column segment.generation is 'Which rendering of it';
comment on column segment.window_index is 'Number of the window in the session, from 0';
comment on column segment.run is 'The run its bytes came from';
comment on column segment.start_ticks is 'Start on the session''s timeline, 1/90000 s';
comment on column segment.duration_ticks is 'Length, 1/90000 s';
comment on column segment.object_key is 'Where the bytes are; null for a gap';
comment on column segment.digest is 'Lower-case hex, part of the public address; null for a gap';
comment on column segment.size_bytes is 'Null for a gap';
comment on column segment.codecs is 'RFC 6381; null for a gap';
comment on column segment.frames is 'Pictures in it; null for a gap';
comment on column segment.gap_reason is 'Why it could not be rendered, for people; null for a segment';

create index segment_address on segment (session_id, rendition, window_index, digest);
create index segment_gaps on segment (session_id) where gap_reason is not null;

create table task (
    id text primary key,
    session_id text not null references session,
    sequence bigint not null check (sequence >= 0),
    type text not null,
    format text not null,
    state text not null
        check (state in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    progress double precision not null check (progress between 0 and 1),
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    result_key text,
    result_bytes bigint not null default 0 check (result_bytes >= 0),
    error text
);
comment on table task is 'Background jobs: asked for here, done and told by the worker';
comment on column task.id is 'UUID; of an export it follows from what is asked for';
comment on column task.session_id is 'What it is about';
comment on column task.sequence is 'Sequence of the fact this is from in the story of the worker; 0 before it spoke';
comment on column task.type is 'E.g. export';
comment on column task.format is 'What an export makes, e.g. mp4';
comment on column task.state is 'QUEUED, RUNNING, then one of three ends';
comment on column task.progress is '0 to 1';
comment on column task.created_at is 'When it was asked for';
comment on column task.started_at is 'When a worker began; null before';
comment on column task.finished_at is 'When it came to an end; null before';
comment on column task.result_key is 'Object key of what it made; null before';
comment on column task.result_bytes is 'Size of what it made; 0 before';
comment on column task.error is 'What went wrong, for people; null when nothing did';

create index task_of_session on task (session_id, created_at desc);
create index task_newest on task (created_at desc, id desc);

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
