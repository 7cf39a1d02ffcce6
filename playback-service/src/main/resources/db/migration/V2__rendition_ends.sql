-- Renditions have windows of different lengths, so each says for itself how many it will have.
alter table rendition
    add column window_count bigint check (window_count >= 0),
    add column withdrawn boolean not null default false;
comment on column rendition.window_count is 'Windows it has when it is whole; null while more may come';
comment on column rendition.withdrawn is 'Whether nobody is shown it';
update rendition r set window_count = s.planned_windows
    from session s where s.id = r.session_id and s.plan_complete;

alter table session add column rendered_whole boolean not null default false;
update session set rendered_whole = plan_complete and rendered_windows >= planned_windows;
alter table session drop column rendered_windows;
comment on column session.rendered_whole is 'Whether every shown rendition has all its windows';
