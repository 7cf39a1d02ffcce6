/// What chunks are written in where they do not come in a container of their own: Matroska with
/// pictures as JPEG.
@NullMarked
package io.tapedeck.ingest.matroska;

import org.jspecify.annotations.NullMarked;
