-- Pictures that take their worker down with them are not begun for ever.
alter table session_preview
    add column attempts integer not null default 0 check (attempts >= 0);
comment on column session_preview.attempts is 'How often they were begun since the last reason to, except those given back because a neighbour was away';
