/// What finished sessions were found to be when the worker looked at them.
@NullMarked
package io.tapedeck.playback.report;

import org.jspecify.annotations.NullMarked;
