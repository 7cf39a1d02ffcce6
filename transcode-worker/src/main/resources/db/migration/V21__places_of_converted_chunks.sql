-- A run may turn out to need conversion behind windows that are planned of it already. Those are
-- still rendered from the chunks as they came, while another plan has what came out.
alter table chunk_place add column converted boolean;
comment on column chunk_place.converted is 'Whether the plan has taken what the chunk was converted to; null in plans from before this was kept, which have taken what there is';
comment on table converted_chunk is 'What came out of a run''s conversion, or the list of its frames, in as many equal shares as the run has chunks';

create view placed_chunk as
    select p.session_id, p.plan, p.run, p.offset_bytes,
        coalesce(v.object_key, c.object_key) as object_key,
        coalesce(v.offset_bytes, 0) as object_offset_bytes,
        coalesce(v.size_bytes, c.size_bytes) as size_bytes
    from chunk_place p
        join chunk c on c.session_id = p.session_id and c.chunk_index = p.chunk_index
        left join converted_chunk v
            on v.session_id = p.session_id and v.chunk_index = p.chunk_index
                and not v.indexed and coalesce(p.converted, true);
comment on view placed_chunk is 'The chunks of a plan as they are rendered';
comment on view rendered_chunk is 'What workers read before placed_chunk was there';
