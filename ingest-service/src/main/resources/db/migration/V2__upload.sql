alter table session add column held boolean not null default false;
comment on column session.held is 'An upload fills it and says when it ends: silence does not complete it';

create table upload (
    id text primary key,
    kind text not null check (kind in ('whole', 'partial', 'final', 'form')),
    session_id text,
    token_sha256 bytea not null check (octet_length(token_sha256) = 32),
    metadata text not null,
    concat text not null,
    length_bytes bigint check (length_bytes >= 0),
    offset_bytes bigint not null default 0 check (offset_bytes >= 0),
    piece_count bigint not null default 0 check (piece_count >= 0),
    writer uuid,
    state text not null check (state in ('open', 'complete', 'terminated', 'expired')),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    is_swept boolean not null default false,
    constraint upload_within_length check (offset_bytes <= length_bytes),
    constraint upload_whole_when_complete
        check (state <> 'complete' or offset_bytes = length_bytes),
    constraint upload_ended check ((state in ('terminated', 'expired')) = (ended_at is not null)),
    constraint upload_has_session check (kind = 'partial' or session_id is not null)
);
comment on table upload is 'A file on its way into a session. The row outlives its session for a while, so that what is left of its objects can be swept and its address answers 410';
comment on column upload.id is 'In its address; random, 130 bits, base 32. That of its session, unless it is partial';
comment on column upload.kind is 'whole: a file. partial: a part of one. final: partial ones joined, never written to. form: came as multipart/form-data';
comment on column upload.session_id is 'The session that it fills, or that a partial one was joined to. No foreign key, because the session may go first';
comment on column upload.token_sha256 is 'SHA-256 of the token that writes it; the token itself is not kept';
comment on column upload.metadata is 'Upload-Metadata as the client sent it; empty when it sent none';
comment on column upload.concat is 'Upload-Concat as the client sent it; empty when it sent none';
comment on column upload.length_bytes is 'How long it will be; null while that is not known';
comment on column upload.offset_bytes is 'How much of it is stored: from here the client goes on';
comment on column upload.piece_count is 'Pieces that will not grow any more; of a session''s upload, its chunks';
comment on column upload.writer is 'The request that may append; whoever begins later takes its place. Null before the first';
comment on column upload.state is 'open: takes bytes. complete: has all. terminated: its client gave it up. expired: its client stayed away';
comment on column upload.created_at is 'When it was opened';
comment on column upload.expires_at is 'When it is given up unless bytes come before; moves with each of them';
comment on column upload.ended_at is 'When it was terminated or expired';
comment on column upload.is_swept is 'Its session is gone, or it never had one, and nothing is left in the store under its id';

create index upload_expiring on upload (expires_at)
    where state = 'open' or (state = 'complete' and session_id is null);
create index upload_session on upload (session_id);

create table upload_piece (
    upload_id text not null references upload (id) on delete cascade,
    number bigint not null check (number >= 0),
    object_key text not null unique,
    size_bytes bigint not null check (size_bytes > 0),
    sha256 bytea not null check (octet_length(sha256) = 32),
    primary key (upload_id, number)
);
comment on table upload_piece is 'Bytes of an upload that are stored but are no chunk of a session yet: all pieces of a partial one, and a last piece that is too small to stay one';
comment on column upload_piece.upload_id is 'Whose it is';
comment on column upload_piece.number is 'Its place, from 0. The one whose number is the upload''s piece_count is continued by the next bytes';
comment on column upload_piece.object_key is 'Where its bytes are';
comment on column upload_piece.size_bytes is 'How many bytes';
comment on column upload_piece.sha256 is 'Digest of the bytes';

create view object_owner as
    select id from session
    union all
    select id from upload;
comment on view object_owner is 'Whose objects are known here; others in the same bucket are another installation''s';

create view selected_object as
    select object_key from chunk where size_bytes > 0
    union all
    select object_key from upload_piece;
comment on view selected_object is 'Objects that a row selects; what else is stored for a known owner is an orphan';
