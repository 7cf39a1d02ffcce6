/// What all packages of playback-service share: configuration, ways to fail, public addresses.
@NullMarked
package io.tapedeck.playback;

import org.jspecify.annotations.NullMarked;
