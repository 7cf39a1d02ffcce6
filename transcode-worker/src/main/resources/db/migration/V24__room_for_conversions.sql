-- Only looks that follow each other closely tell for how long there was no room.
alter table conversion add column crowded_at timestamptz;
comment on column conversion.crowded_at is 'When a worker last had no room on its disk for it; null before';
comment on column conversion.crowded_since is 'Since when no worker that looked had room on its disk for it, while no other conversion went on; null since it went on';

-- Plans that were under way when this began to be kept: should one of their runs turn out to need
-- conversion only now, their windows are still made of the chunks as they came.
update chunk_place p set converted = exists (
        select from converted_chunk v
        where v.session_id = p.session_id and v.chunk_index = p.chunk_index and not v.indexed)
    where converted is null;
