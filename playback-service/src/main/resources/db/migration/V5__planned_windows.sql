-- A session that is not live is listed as it is planned, and rendered where somebody watches it.
create table planned_part (
    session_id text not null references session,
    plan integer not null check (plan >= 1),
    cut text not null check (cut in ('grid', 'source')),
    first_window bigint not null check (first_window >= 0),
    window_count integer not null check (window_count >= 1),
    duration_ticks bigint not null check (duration_ticks >= 1),
    spans jsonb not null check (jsonb_typeof(spans) = 'array'),
    primary key (session_id, plan, cut, first_window)
);
comment on table planned_part is 'Windows that are going to be rendered, as the worker told them: some thousand in a row';
comment on column planned_part.session_id is 'Whose';
comment on column planned_part.plan is 'The plan of the timeline they are of, from 1';
comment on column planned_part.cut is 'The cut of it: source for the rendition of that name, grid for all others';
comment on column planned_part.first_window is 'Number of the first one in that cut of that plan';
comment on column planned_part.window_count is 'How many, one after another';
comment on column planned_part.duration_ticks is 'Their media time, 1/90000 s';
comment on column planned_part.spans is 'Those that touch each other: [{run, startTicks, recordedAt, durationsTicks: []}]';

alter table rendition
    add column planned_windows bigint not null default 0 check (planned_windows >= 0),
    add column planned_ticks bigint not null default 0 check (planned_ticks >= 0),
    add column settled_windows bigint not null default 0 check (settled_windows >= 0),
    add column settled_segments bigint not null default 0
        check (settled_segments between 0 and settled_windows),
    add column first_settled_at timestamptz,
    add column last_settled_at timestamptz,
    add constraint rendition_settled_whole
        check ((first_settled_at is null) = (last_settled_at is null));
comment on column rendition.planned_windows is 'Windows that can be listed before they are rendered, from window 0 without a hole; 0 while the session is live';
comment on column rendition.planned_ticks is 'Their media time, 1/90000 s';
comment on column rendition.settled_windows is 'Rows in segment: windows that are rendered or given up, wherever they are';
comment on column rendition.settled_segments is 'Rendered ones among them';
comment on column rendition.first_settled_at is 'When the worker settled the first of them; null before, and where nobody knows';
comment on column rendition.last_settled_at is 'When it settled the last one so far; null likewise';
update rendition r set settled_windows = s.windows, settled_segments = s.segments
    from (select session_id, rendition, generation, count(*) as windows, count(digest) as segments
        from segment group by session_id, rendition, generation) s
    where s.session_id = r.session_id and s.rendition = r.name and s.generation = r.generation;
