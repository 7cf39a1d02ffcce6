/// Cameras to point Tapedeck at. Each shows the time in its picture, so that whoever sees a picture
/// can tell how old it is.
@NullMarked
package io.tapedeck.e2e.camera;

import org.jspecify.annotations.NullMarked;
