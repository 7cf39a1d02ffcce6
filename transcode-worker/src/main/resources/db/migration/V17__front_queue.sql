-- Sessions that are not live have windows, too, that somebody waits for.
alter table segment drop constraint segment_queue_check;
alter table segment add constraint segment_queue_check
    check (queue in ('live', 'front', 'backlog'));
comment on column segment.queue is 'live: somebody may wait for it; front: somebody waits for it in a session that is not live; backlog: nobody does. Only jobs of the same queue take it';
