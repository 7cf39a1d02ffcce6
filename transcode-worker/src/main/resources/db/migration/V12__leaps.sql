-- What clocks leap is counted through the whole session, however many runs it has.
alter table session_plan add column leapt_ticks bigint not null default 0 check (leapt_ticks >= 0);
comment on column session_plan.leapt_ticks is 'How much of the timeline before the next run, or the open one, is empty because clocks leapt';
