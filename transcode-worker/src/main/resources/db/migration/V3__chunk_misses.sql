-- A chunk whose object is gone must not keep its session from being finished.
alter table chunk
    add column misses integer not null default 0 check (misses >= 0),
    add column missed_at timestamptz;
comment on column chunk.misses is 'How often its object was found missing or too short; from 3 on it is lost, a gap';
comment on column chunk.missed_at is 'When that was last counted; null if never';
