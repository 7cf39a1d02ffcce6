alter table session_plan
    add column frames_mp4 boolean not null default false,
    add column frames_wav boolean not null default false;
comment on column session_plan.frames_mp4 is 'Whether its pictures are to become an MP4 of their own, as soon as all chunks are known; said when it is complete';
comment on column session_plan.frames_wav is 'Whether its sound is to become a WAV, as soon as all chunks are known; said when it is complete';
