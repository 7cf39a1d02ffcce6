package io.tapedeck.transcode.convert;

import java.time.Duration;
import java.util.Optional;

/// How far an attempt is.
///
/// @param progress 0 to 1, never falling
/// @param remaining how long the rest takes at the present pace, empty while nobody can know
record Advance(double progress, Optional<Duration> remaining) {}
