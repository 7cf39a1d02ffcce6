/// Files made of a session.
@NullMarked
package io.tapedeck.transcode.export;

import org.jspecify.annotations.NullMarked;
