/// Looks after what got lost: jobs whose message or worker is gone, chunks whose planner is. Rows
/// say what is due; here it is sent again.
@NullMarked
package io.tapedeck.transcode.recovery;

import org.jspecify.annotations.NullMarked;
