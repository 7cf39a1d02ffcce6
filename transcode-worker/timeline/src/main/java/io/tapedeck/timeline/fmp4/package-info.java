/// Fragmented MP4 (ISO/IEC 14496-12), as recorders write it: a header, then pairs of `moof` and
/// `mdat`.
@NullMarked
package io.tapedeck.timeline.fmp4;

import org.jspecify.annotations.NullMarked;
