-- Of what comes without end only the newest is kept. A mark on the timeline says from where on
-- playlists list it; what is in front of the mark goes when no player can ask for it any more.
alter table session_plan
    add column segment_seconds integer not null default 2 check (segment_seconds between 1 and 10),
    add column history_seconds bigint not null default 0 check (history_seconds >= 0),
    add column forgotten_below bigint not null default 0 check (forgotten_below >= 0),
    add column history_ticks bigint not null default 0 check (history_ticks >= 0);
comment on column session_plan.segment_seconds is 'Length of a slot of the grid';
comment on column session_plan.history_seconds is 'How much of it is kept while it is open; 0 for everything';
comment on column session_plan.forgotten_below is 'Chunks below this were there and are gone, but for the first one of the run that goes on from here';
comment on column session_plan.history_ticks is 'Windows that begin before this are not listed any more';
create index session_plan_sliding on session_plan (session_id)
    where history_seconds > 0 and state = 'planning';

create table history_cut (
    session_id text not null references session_plan on delete cascade,
    cut text not null check (cut in ('grid', 'source')),
    first_window bigint not null check (first_window >= 0),
    discontinuities bigint not null check (discontinuities >= 0),
    dropped_ticks bigint not null check (dropped_ticks >= 0),
    primary key (session_id, cut)
);
comment on table history_cut is 'Where playlists begin, in each cut; no row where they begin with the first window';
comment on column history_cut.session_id is 'Its session';
comment on column history_cut.cut is 'The cut';
comment on column history_cut.first_window is 'First window that is listed';
comment on column history_cut.discontinuities is 'Discontinuities before it, counting the one that it begins with itself';
comment on column history_cut.dropped_ticks is 'Length of all windows before it';

create table history_drop (
    session_id text not null references session_plan on delete cascade,
    cut text not null check (cut in ('grid', 'source')),
    first_window bigint not null check (first_window >= 0),
    start_ticks bigint not null check (start_ticks >= 0),
    playlist_ticks bigint not null check (playlist_ticks >= 0),
    remove_at timestamptz not null,
    told boolean not null default false,
    primary key (session_id, cut, first_window)
);
comment on table history_drop is 'Windows that are not listed any more, but may still be asked for';
comment on column history_drop.session_id is 'Their session';
comment on column history_drop.cut is 'Their cut';
comment on column history_drop.first_window is 'They are before this one';
comment on column history_drop.start_ticks is 'Where that one begins on the session''s timeline';
comment on column history_drop.playlist_ticks is 'How long the longest playlist was that had them last';
comment on column history_drop.remove_at is 'When no player can ask for them any more, and they go';
comment on column history_drop.told is 'Whether the world was told that they go';
create index history_drop_due on history_drop (remove_at);

-- Windows and chunks go one by one now, each with what hangs on it.
create index segment_window on segment (session_id, plan, cut, window_index);
create index chunk_place_chunk on chunk_place (session_id, chunk_index);

create view kept_window as
    select w.* from planned_window w left join history_cut h using (session_id, cut)
    where w.window_index >= coalesce(h.first_window, 0);
comment on view kept_window is 'Windows that playlists list, or will: what files are made of, and what is checked';
