/// What the worker tells the world, in one numbered story per session, and the jobs its instances
/// hand each other.
@NullMarked
package io.tapedeck.transcode.story;

import org.jspecify.annotations.NullMarked;
