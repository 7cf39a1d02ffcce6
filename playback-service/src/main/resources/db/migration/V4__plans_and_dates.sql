-- Renditions of one plan share a timeline and are shown together.
alter table rendition
    add column plan integer not null default 1 check (plan >= 1),
    add column ordered boolean not null default false;
comment on column rendition.plan is 'Which plan of the timeline its windows belong to, from 1';
comment on column rendition.ordered is 'Whether somebody asked for it later; all others of a plan belong to it';

alter table segment add column recorded_at timestamptz;
comment on column segment.recorded_at is 'When its first moment was recorded; null where nobody knows';
