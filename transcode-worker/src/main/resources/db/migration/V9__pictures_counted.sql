-- Pictures are counted when they are planned and when they are rendered, apart from each other, so
-- that a check can tell whether one was lost on the way or is there twice.
alter table planned_window add column pictures bigint check (pictures >= 0);
comment on column planned_window.pictures is 'Pictures of the source that are at home in it, as the planner counted them while they came by; null where it was planned before they were counted';

alter table segment
    add column source_pictures integer,
    add check (source_pictures between 0 and frames),
    add check (source_pictures is null or wanted_pictures is not null);
comment on column segment.wanted_pictures is 'Pictures it was to have: the source''s own and those shown again; null where nobody measured it';
comment on column segment.source_pictures is 'Pictures in its bytes that are where one of the source''s own is to be; null where nobody measured it';
