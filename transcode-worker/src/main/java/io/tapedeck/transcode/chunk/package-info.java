/// The bytes of the chunk log, as planning and rendering read them.
@NullMarked
package io.tapedeck.transcode.chunk;

import org.jspecify.annotations.NullMarked;
