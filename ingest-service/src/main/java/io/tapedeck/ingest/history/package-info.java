/// Sessions without end: what is older than their history goes, and parts of it are saved as
/// recordings of their own.
@NullMarked
package io.tapedeck.ingest.history;

import org.jspecify.annotations.NullMarked;
