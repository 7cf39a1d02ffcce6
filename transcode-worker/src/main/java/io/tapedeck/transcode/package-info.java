/// The worker: plans windows, renders segments, exports files. Stateless; rows are the truth, and
/// any number of workers share them.
@NullMarked
package io.tapedeck.transcode;

import org.jspecify.annotations.NullMarked;
