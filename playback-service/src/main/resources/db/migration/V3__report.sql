create table report (
    session_id text primary key references session,
    sequence bigint not null check (sequence > 0),
    checked_at timestamptz not null,
    passed boolean not null,
    checks jsonb not null check (jsonb_typeof(checks) = 'array'),
    missing jsonb not null check (jsonb_typeof(missing) = 'array')
);
comment on table report is 'The newest check of each finished session';
comment on column report.session_id is 'Whose';
comment on column report.sequence is 'Sequence of the fact this is from in the story of the worker';
comment on column report.checked_at is 'When the worker looked';
comment on column report.passed is 'Whether no check failed';
comment on column report.checks is 'As the worker told them: [{code, result, words, placeCount, places}]';
comment on column report.missing is 'Media time known to be missing: [{startTicks, durationTicks, reason}]';
