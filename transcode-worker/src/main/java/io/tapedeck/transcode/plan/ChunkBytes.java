package io.tapedeck.transcode.plan;

import java.io.IOException;
import java.io.InputStream;

/// Opens the bytes of chunks.
@FunctionalInterface
interface ChunkBytes {

    /// @param chunk not an empty one
    /// @return its bytes; the caller closes it
    InputStream open(Chunk chunk) throws IOException;
}
