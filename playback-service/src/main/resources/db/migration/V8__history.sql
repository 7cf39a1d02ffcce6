-- Of what comes without end only the newest is listed and kept.
alter table session
    add column history_seconds bigint not null default 0 check (history_seconds >= 0),
    add column history_sequence bigint not null default 0 check (history_sequence >= 0),
    add column history_starts jsonb not null default '[]'
        check (jsonb_typeof(history_starts) = 'array');
comment on column session.history_seconds is 'How much of it is kept while it is recorded; 0 for everything';
comment on column session.history_sequence is 'Sequence of the fact in the story of the worker that history_starts is from, 0 for none';
comment on column session.history_starts is 'Where playlists begin, as the worker told it: [{cut, firstWindow, discontinuities, droppedTicks}]';
comment on column session.stored_bytes is 'Their bytes; what was forgotten is not counted';

alter table rendition
    add column dropped_windows bigint not null default 0 check (dropped_windows >= 0),
    add column dropped_discontinuities bigint not null default 0
        check (dropped_discontinuities >= 0),
    add column dropped_ticks bigint not null default 0 check (dropped_ticks >= 0),
    add constraint rendition_dropped_before check (dropped_windows <= listed_windows);
comment on column rendition.dropped_windows is 'Windows at its beginning that are listed no more: the number of the first one that is';
comment on column rendition.dropped_discontinuities is 'Discontinuities before that one, and right before it';
comment on column rendition.dropped_ticks is 'Length of the windows before it, 1/90000 s';
comment on column rendition.listed_segments is 'Rendered ones among them that are still listed';
comment on column rendition.listed_ticks is 'Length of all of them, gaps and dropped ones included, 1/90000 s';
