-- Where a chunk lies in its run depends on which chunks a plan had: one that came late is in the next
-- plan only, and moves what is behind it.
create table chunk_place (
    session_id text not null,
    plan integer not null check (plan >= 1),
    chunk_index bigint not null,
    run integer not null,
    offset_bytes bigint not null check (offset_bytes >= 0),
    primary key (session_id, plan, chunk_index),
    foreign key (session_id, chunk_index) references chunk on delete cascade
);
comment on table chunk_place is 'Chunks that a plan has taken; one that has no place came too late for it';
comment on column chunk_place.session_id is 'Its session';
comment on column chunk_place.plan is 'The plan';
comment on column chunk_place.chunk_index is 'The chunk';
comment on column chunk_place.run is 'Its announced run, as in chunk';
comment on column chunk_place.offset_bytes is 'Bytes of its run before it, not counting chunks that are missing';
create index chunk_place_offset on chunk_place (session_id, plan, run, offset_bytes);
insert into chunk_place select session_id, 1, chunk_index, run, offset_bytes from chunk
    where offset_bytes is not null;
alter table chunk drop column offset_bytes;

-- What has been planned without it stays without it.
alter table session_plan
    add column next_source_window bigint not null default 0 check (next_source_window >= 0),
    add column cuttable boolean not null default true;
update session_plan set cuttable = false where next_chunk > 0;
comment on column session_plan.next_source_window is 'Number of the next run''s first window that is cut at the source''s own pictures';
comment on column session_plan.cuttable is 'Whether everything so far could be cut at its own pictures; once it could not, no such window comes any more';
