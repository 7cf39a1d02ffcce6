-- Of what comes without end only the newest is kept, and parts of it as recordings of their own.
alter table session
    add column history_seconds bigint not null default 0 check (history_seconds >= 0),
    add column forgotten_below bigint not null default 0 check (forgotten_below >= 0),
    add column forgotten_bytes bigint not null default 0 check (forgotten_bytes >= 0);
comment on column session.history_seconds is 'How much of it is kept while it is open; 0 for everything';
comment on column session.forgotten_below is 'Chunks below this were there and are gone, but for the first one of the run that goes on from here';
comment on column session.forgotten_bytes is 'Sum of their sizes, which size_bytes does not count any more';
create index session_sliding on session (id)
    where history_seconds > 0 and state in ('recording', 'interrupted') and hidden_at is null;

-- A part that is saved selects the objects of the session it was taken from.
drop index chunk_object;
create index chunk_object on chunk (object_key) where size_bytes > 0;
comment on column chunk.object_key is 'Where its bytes are, which other sessions'' chunks may share; empty for an empty chunk, which has no object';

create table released_object (
    object_key text primary key
);
comment on table released_object is 'Objects that a session which is being removed has shared with others. They go when no row selects them';
comment on column released_object.object_key is 'Where the bytes are';
