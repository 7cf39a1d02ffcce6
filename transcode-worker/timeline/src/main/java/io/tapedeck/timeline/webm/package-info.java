/// WebM and Matroska (RFC 8794, RFC 9559), as far as recorders write them.
@NullMarked
package io.tapedeck.timeline.webm;

import org.jspecify.annotations.NullMarked;
