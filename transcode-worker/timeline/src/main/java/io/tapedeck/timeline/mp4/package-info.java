/// MP4 and QuickTime files whose index is in one piece (ISO/IEC 14496-12): the index becomes a list
/// of frames, which is planned; windows are read out of the file as it is.
@NullMarked
package io.tapedeck.timeline.mp4;

import org.jspecify.annotations.NullMarked;
