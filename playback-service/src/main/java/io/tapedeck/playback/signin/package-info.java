/// The owner's way in for pages, which cannot send an `Authorization` header with everything.
@NullMarked
package io.tapedeck.playback.signin;

import org.jspecify.annotations.NullMarked;
