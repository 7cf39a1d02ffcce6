-- Renditions are decided on with the first run; a later run may deserve better ones.
alter table session_plan
    add column best_width_pixels integer check (best_width_pixels >= 0),
    add column best_height_pixels integer check (best_height_pixels >= 0),
    add column outgrown boolean not null default false,
    add check ((best_width_pixels is null) = (best_height_pixels is null));
comment on column session_plan.best_width_pixels is 'Of the largest pictures of all runs, of all plans; 0 where there are none; null before the first window';
comment on column session_plan.best_height_pixels is 'The same';
comment on column session_plan.outgrown is 'Whether they came too late for the renditions that this plan had decided on by then';
