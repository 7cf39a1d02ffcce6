create table preview (
    session_id text primary key references session,
    sequence bigint not null check (sequence > 0),
    poster jsonb not null check (jsonb_typeof(poster) = 'object'),
    storyboard jsonb check (jsonb_typeof(storyboard) = 'object')
);
comment on table preview is 'The newest pictures that say what a session is about';
comment on column preview.session_id is 'Whose';
comment on column preview.sequence is 'Sequence of the fact this is from in the story of the worker';
comment on column preview.poster is 'As the worker told it: {objectKey, sizeBytes, widthPixels, heightPixels}';
comment on column preview.storyboard is 'As the worker told it: {sheets, tileWidthPixels, tileHeightPixels, columns, rows, startTicks, endTicks}; null while the session is not complete';
