/// Files made of a session, as tasks one can ask about.
///
/// A task's row is the truth. Its runner holds a lease that it renews as it goes, which also tells
/// it that the task was cancelled, or that another runner took it over.
@NullMarked
package io.tapedeck.transcode.export;

import org.jspecify.annotations.NullMarked;
