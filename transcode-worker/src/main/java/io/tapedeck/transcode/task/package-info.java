/// Background jobs one can ask about.
///
/// A task's row is the truth. Its runner holds a lease that it renews as it goes, which also tells
/// it that the task was cancelled, or that another runner took it over.
@NullMarked
package io.tapedeck.transcode.task;

import org.jspecify.annotations.NullMarked;
