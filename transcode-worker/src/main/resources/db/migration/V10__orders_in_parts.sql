-- Renditions that somebody ordered get their segments in parts, as they are made, so that an order
-- costs the same whatever the length of its session; and how far they are is counted as they go.
alter table rendition
    add column window_count bigint,
    add column fed_windows bigint,
    add column open_windows bigint;
update rendition r set
    window_count = (select count(*) from planned_window w
        where w.session_id = r.session_id and w.plan = r.plan and w.cut = r.cut),
    fed_windows = (select count(*) from planned_window w
        where w.session_id = r.session_id and w.plan = r.plan and w.cut = r.cut),
    open_windows = (select count(*) from segment s
        where s.session_id = r.session_id and s.rendition = r.name
            and s.generation = r.generation and s.state = 'due')
    where task_id is not null;
alter table rendition add constraint rendition_ordered check (
    (task_id is null) = (window_count is null) and (task_id is null) = (fed_windows is null)
    and (task_id is null) = (open_windows is null)
    and open_windows >= 0 and fed_windows between open_windows and window_count);
comment on column rendition.window_count is 'Windows that it is to have; null when it came with the plan';
comment on column rendition.fed_windows is 'How many of them, from 0, have got their segments; null when it came with the plan';
comment on column rendition.open_windows is 'How many of these are still due; null when it came with the plan';

create view whole_rendition as
    select r.session_id, r.name, r.generation, r.plan, r.cut, r.width_pixels, r.height_pixels,
        r.target_duration_seconds
    from rendition r join session_plan p using (session_id)
    where r.plan = p.published_plan and not r.withdrawn
        and coalesce(r.fed_windows = r.window_count, true)
        and not exists (select from segment s
            where s.session_id = r.session_id and s.rendition = r.name
                and s.generation = r.generation and s.state = 'due');
comment on view whole_rendition is 'Of which nothing is due any more, in the plan that the world knows: what files are made of, and what is checked';
