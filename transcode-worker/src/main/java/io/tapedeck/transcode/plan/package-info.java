/// From the facts that ingest tells about a session to its windows.
///
/// Facts become rows in any order and as often as they come. A round takes the chunks that are next
/// in line, feeds their bytes to the parser restored from the plan row, and commits what came of it
/// (parser, windows, events, jobs) under a version check: of two workers that plan the same session
/// one commits and the other one reads again.
@NullMarked
package io.tapedeck.transcode.plan;

import org.jspecify.annotations.NullMarked;
