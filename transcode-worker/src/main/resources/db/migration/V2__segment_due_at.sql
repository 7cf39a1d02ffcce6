-- How long windows have been waiting is what tells whether there are enough workers.
alter table segment add column due_at timestamptz not null default now();
comment on column segment.due_at is 'When it was planned';
