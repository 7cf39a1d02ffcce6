-- A refused export is kept as a failed task, so that trying it again is answered. It may be one under
-- a wrong id, which must not keep the right one out.
alter table task drop constraint task_session_id_task_type_format_generation_key;
create unique index task_of_file on task (session_id, task_type, format, generation)
    where state <> 'failed';
comment on column task.task_id is 'Follows from session, format and generation (ExportTaskId), except that of a refused task';
