-- A run that cannot be read is not the end of its session as long as others may follow.
alter table session_plan drop constraint session_plan_check;
alter table session_plan
    add constraint session_plan_failed check (state <> 'failed' or failure_code is not null),
    add constraint session_plan_failure check ((failure_code is null) = (failure_message is null));
comment on column session_plan.failure_code is 'Stable code of the failure; while more may come, why nothing could be made of what came so far';
