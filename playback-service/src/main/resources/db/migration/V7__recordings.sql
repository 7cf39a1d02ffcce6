alter table session add column file_name text;
comment on column session.file_name is 'Name of the files made of its log, without what stands behind the dot; null for what did not come as frames, and before it is complete';
create index session_file_name on session (file_name) where file_name is not null;
