-- An MP4 file whose index is in one piece need not be converted: it is planned from a list of its
-- frames, which is made of the index, and rendered from its chunks as they are.
alter table conversion add column unindexable boolean not null default false;
comment on column conversion.unindexable is 'An MP4 file of which no list of frames could be made, so that it has to be converted as a whole; false as well while that was not tried';

alter table converted_chunk add column indexed boolean not null default false;
comment on column converted_chunk.indexed is 'Whether what came out only lists the run''s frames: planning reads it, rendering reads the chunk itself';
comment on table converted_chunk is 'What came out of a run''s conversion, or the list of its frames, in as many equal shares as the run has chunks; nothing of such a run is in a plan from before';

create or replace view readable_chunk as
    select c.session_id, c.chunk_index, c.run,
        coalesce(v.object_key, c.object_key) as object_key,
        coalesce(v.offset_bytes, 0) as object_offset_bytes,
        coalesce(v.size_bytes, c.size_bytes) as size_bytes,
        v.object_key is not null as converted,
        c.stored_at, c.told_at, c.misses,
        coalesce(v.indexed, false) as indexed,
        case when v.indexed is false then v.size_bytes else c.size_bytes end as run_bytes
    from chunk c left join converted_chunk v using (session_id, chunk_index);
comment on view readable_chunk is 'The chunk log as it is planned; run_bytes is how much of its run each chunk is';

create view rendered_chunk as
    select c.session_id, c.chunk_index, c.run,
        coalesce(v.object_key, c.object_key) as object_key,
        coalesce(v.offset_bytes, 0) as object_offset_bytes,
        coalesce(v.size_bytes, c.size_bytes) as size_bytes
    from chunk c left join converted_chunk v
        on v.session_id = c.session_id and v.chunk_index = c.chunk_index and not v.indexed;
comment on view rendered_chunk is 'The chunk log as it is rendered';
