/// Sessions: opening, silence, completing, deleting. Holds the row whose lock orders everything
/// that happens to a session, and tells its story.
@NullMarked
package io.tapedeck.ingest.session;

import org.jspecify.annotations.NullMarked;
