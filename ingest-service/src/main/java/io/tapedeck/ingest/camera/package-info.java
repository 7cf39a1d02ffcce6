/// Cameras: addresses that bytes are pulled from around the clock, into the chunk log of a session.
///
/// A [CameraFeed] turns what one camera speaks into the bytes of a container. The keeper sees to it
/// that each camera is pulled by exactly one process, comes back after everything that can go
/// wrong, and that what comes is stored once.
@NullMarked
package io.tapedeck.ingest.camera;

import org.jspecify.annotations.NullMarked;
