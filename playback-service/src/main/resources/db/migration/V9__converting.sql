-- What can only be read as a whole is converted before anything of it is rendered.
alter table session
    add column converting_sequence bigint,
    add column converting_at timestamptz,
    add column converting_progress double precision not null default 0
        check (converting_progress between 0 and 1),
    add column converting_remaining_millis bigint;
comment on column session.converting_sequence is 'Sequence of the fact in the story of the worker that the converting columns are from, null where nothing had to be converted';
comment on column session.converting_at is 'When it was as they say';
comment on column session.converting_progress is 'How far everything is that has to be converted, 0 to 1';
comment on column session.converting_remaining_millis is 'How long the rest of converting takes, as of then; null while nobody could know';
