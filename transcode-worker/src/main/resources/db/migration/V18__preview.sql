create table session_preview (
    session_id text primary key references session_plan on delete cascade,
    wanted bigint not null default 1 check (wanted >= 1),
    done bigint not null default 0 check (done between 0 and wanted),
    due_at timestamptz,
    check ((due_at is null) = (wanted = done))
);
comment on table session_preview is 'Sessions of which pictures for people are made or to be made: a poster when the first part is rendered, all when the session is complete';
comment on column session_preview.session_id is 'The session';
comment on column session_preview.wanted is 'How often there was a reason to make them';
comment on column session_preview.done is 'wanted, as it was when they were last made';
comment on column session_preview.due_at is 'When a worker is to make them; a worker that does moves it on by its lease; null when there is nothing to do';
create index session_preview_due on session_preview (due_at) where due_at is not null;
