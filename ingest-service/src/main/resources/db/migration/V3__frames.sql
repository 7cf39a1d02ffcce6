create table frames_recording (
    session_id text primary key
        references session (id) on delete cascade deferrable initially deferred,
    name text not null unique check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$'),
    has_pictures boolean not null default false,
    has_sound boolean not null default false,
    lease_until timestamptz
);
comment on table frames_recording is 'Sessions that a connection for frames fills or has filled';
comment on column frames_recording.session_id is 'Its session. Inserted before it, once its name is free';
comment on column frames_recording.name is 'Of the files that are made of it: client and time, safe for file systems and addresses';
comment on column frames_recording.has_pictures is 'Whether there are pictures in its log';
comment on column frames_recording.has_sound is 'Whether there is sound in its log';
comment on column frames_recording.lease_until is 'Whoever fills it renews this; when it is over, anybody completes the session. Null when complete';

create index frames_recording_leased on frames_recording (lease_until)
    where lease_until is not null;
