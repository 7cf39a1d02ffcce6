-- A session may be planned again from its log, its timeline is cut in two ways, and its renditions
-- may be rendered again. A job is about a window and takes all that is due of it.
alter table session_plan
    add column plan integer not null default 1 check (plan >= 1),
    add column published_plan integer not null default 1,
    add check (published_plan between 1 and plan);
comment on column session_plan.plan is 'Which plan the row is about, from 1; planning the log again starts another';
comment on column session_plan.published_plan is 'The newest plan that the world was told of';

alter table segment drop constraint segment_session_id_window_index_fkey;
alter table planned_window drop constraint planned_window_pkey;
alter table planned_window
    add column plan integer not null default 1 check (plan >= 1),
    add column cut text not null default 'grid' check (cut in ('grid', 'source')),
    add primary key (session_id, plan, cut, window_index);
alter table planned_window alter column plan drop default, alter column cut drop default;
comment on table planned_window is 'Spans of the media timeline to render; never changed';
comment on column planned_window.plan is 'The plan that it is of';
comment on column planned_window.cut is 'grid: two seconds each, for all renditions that are encoded; source: at keyframes, for the one that is copied';
comment on column planned_window.window_index is 'Number in that cut of that plan, from 0';

alter table rendition
    add column plan integer not null default 1 check (plan >= 1),
    add column cut text not null default 'grid' check (cut in ('grid', 'source')),
    add column rank integer not null default 0 check (rank >= 0),
    add column withdrawn boolean not null default false;
alter table rendition alter column plan drop default, alter column cut drop default,
    alter column rank drop default;
comment on column rendition.plan is 'The plan whose windows it is made of';
comment on column rendition.cut is 'The cut of them';
comment on column rendition.rank is '0: somebody may wait for it while the session is live; the others follow when there is time';
comment on column rendition.withdrawn is 'Whether no more is made of it and nobody is shown it';

alter table segment
    add column plan integer not null default 1,
    add column cut text not null default 'grid',
    add column queue text not null default 'backlog' check (queue in ('live', 'backlog')),
    add column claimed_lead bigint,
    add column claimed_until timestamptz,
    add check ((claimed_lead is null) = (claimed_until is null)),
    add foreign key (session_id, plan, cut, window_index)
        references planned_window on delete cascade;
alter table segment alter column plan drop default, alter column cut drop default,
    alter column queue drop default;
comment on column segment.plan is 'Plan of its window';
comment on column segment.cut is 'Cut of its window';
comment on column segment.queue is 'live: somebody may wait for it; only jobs of the same queue take it';
comment on column segment.claimed_lead is 'Window whose job took it last; that job may take it again at any time';
comment on column segment.claimed_until is 'Until when other jobs leave it alone';
create index segment_due_window on segment (session_id, plan, cut, window_index)
    where state = 'due';

alter table task drop constraint task_task_type_check;
alter table task add constraint task_task_type_check check (task_type in ('export', 'render'));
alter table task drop constraint task_check1;
alter table task add constraint task_result
    check ((state = 'succeeded' and task_type = 'export') = (result_key is not null));
drop index task_of_file;
create unique index task_of_file on task (session_id, task_type, format, generation)
    where state <> 'failed' and task_type = 'export';
comment on column task.format is 'What an export makes; the renditions that are rendered, with commas';
comment on column task.generation is 'Generation of the rendition that an export is made of; 1 for others';
alter table rendition add column task_id text;
comment on column rendition.task_id is 'The task that asked for it; null when it came with the plan';
