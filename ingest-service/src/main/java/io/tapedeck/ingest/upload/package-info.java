/// Files: streams that are cut into pieces here and end as the chunks of one session, resumable
/// where the protocol lets them be (tus 1.0.0).
///
/// A piece goes to an object of its own before a row selects it and the offset moves, in one
/// transaction; so what a client was told is stored, is stored, and any instance goes on from
/// there. Pieces that are long enough are chunks of the upload's session at once. A shorter one
/// waits, and the next bytes are put behind it into a new object. Of a partial upload all pieces
/// wait, until a final upload makes them the chunks of its session: no byte is moved for that.
///
/// No lock is held while bytes come. Whoever begins to append names itself the writer; an earlier
/// request, perhaps one whose client is long gone, then cannot commit any more.
@NullMarked
package io.tapedeck.ingest.upload;

import org.jspecify.annotations.NullMarked;
