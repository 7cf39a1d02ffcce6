-- What a segment holds is measured from its bytes, so that finished sessions can be checked.
alter table segment
    add column wanted_pictures integer check (wanted_pictures >= 0),
    add column first_picture_ticks bigint,
    add column last_picture_ticks bigint,
    add column sound_frames integer check (sound_frames >= 0),
    add column first_sound_ticks bigint,
    add check ((wanted_pictures is null) = (sound_frames is null)),
    add check ((first_picture_ticks is null) = (last_picture_ticks is null));
comment on column segment.wanted_pictures is 'Pictures it was to have; null where nobody measured it';
comment on column segment.first_picture_ticks is 'When the first picture in its bytes is shown, on the session''s timeline; null without pictures';
comment on column segment.last_picture_ticks is 'The same of the last one';
comment on column segment.sound_frames is 'AAC frames in its bytes';
comment on column segment.first_sound_ticks is 'When the first of them begins, on the session''s timeline; null without sound';

create table session_check (
    session_id text primary key references session_plan on delete cascade,
    wanted bigint not null default 1 check (wanted >= 1),
    done bigint not null default 0 check (done between 0 and wanted),
    due_at timestamptz,
    passed boolean,
    checked_at timestamptz,
    check ((due_at is null) = (wanted = done)),
    check ((passed is null) = (checked_at is null))
);
comment on table session_check is 'Which finished sessions are to be checked, and what came of it';
comment on column session_check.session_id is 'Its session';
comment on column session_check.wanted is 'Counts the times that something was finished: all windows, a file';
comment on column session_check.done is 'The value of wanted that the last check began with';
comment on column session_check.due_at is 'When a worker may begin the next check; null when none is wanted';
comment on column session_check.passed is 'How the last check came out; null before the first';
comment on column session_check.checked_at is 'When that was';
create index session_check_due on session_check (due_at) where due_at is not null;
