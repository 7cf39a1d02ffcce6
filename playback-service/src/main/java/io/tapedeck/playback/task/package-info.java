/// Background jobs that one can ask for and ask about. The worker does them; here they are rows
/// that follow what it tells.
@NullMarked
package io.tapedeck.playback.task;

import org.jspecify.annotations.NullMarked;
