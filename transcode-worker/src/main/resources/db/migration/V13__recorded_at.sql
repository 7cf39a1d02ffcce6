-- Viewers are told when what they see was recorded.
alter table session_plan
    add column last_chunk_at timestamptz,
    add column stretch_recorded_at timestamptz;
comment on column session_plan.last_chunk_at is 'When the last chunk that was read was stored; null before the first';
comment on column session_plan.stretch_recorded_at is 'When the beginning of that stretch was recorded; null if unknown';
alter table planned_window add column recorded_at timestamptz;
comment on column planned_window.recorded_at is 'When its beginning was recorded, by the clock of whoever stored its chunks: of a stretch the first window says so, and the others follow by the timeline; null where it was planned before this was kept';
