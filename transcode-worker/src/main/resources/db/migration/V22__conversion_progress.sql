-- A conversion says how far it is, and may be cancelled.
alter table conversion
    add column progress double precision not null default 0 check (progress between 0 and 1),
    add column told_at timestamptz,
    add column crowded_since timestamptz;
comment on column conversion.progress is 'How far the present attempt was when the world was last told of it, 0 to 1';
comment on column conversion.told_at is 'When that was; null before';
comment on column conversion.crowded_since is 'When a worker first had no room on its disk for it; null since it went on';

alter table conversion drop constraint conversion_state_check;
alter table conversion add constraint conversion_state_check
    check (state in ('due', 'made', 'failed', 'cancelled'));
alter table conversion drop constraint conversion_check2;
alter table conversion add constraint conversion_reason_check
    check ((state in ('failed', 'cancelled')) = (reason is not null));
comment on column conversion.state is 'due: to be converted as soon as the session is converting; made; failed: it cannot be, and is not tried again; cancelled: nobody wants to wait for it';
comment on column conversion.reason is 'Why it failed or was cancelled, for people';

alter table session_plan add column cancelled boolean not null default false;
comment on column session_plan.cancelled is 'Whether nobody wants to wait for more than what can be watched soonest, whenever that is known';
