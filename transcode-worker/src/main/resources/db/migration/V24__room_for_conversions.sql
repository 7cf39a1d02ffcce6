-- Only looks that follow each other closely tell for how long there was no room.
alter table conversion add column crowded_at timestamptz;
comment on column conversion.crowded_at is 'When a worker last had no room on its disk for it; null before';
comment on column conversion.crowded_since is 'Since when no worker that looked had room on its disk for it, while no other conversion went on; null since it went on';
