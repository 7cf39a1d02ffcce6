/// The queues of jobs and the slots that work them off.
///
/// A queue is a Kafka share group: a job goes to one free slot, comes back within about a second
/// when its worker dies, and is only a wake-up call in any case, because rows say what is due.
@NullMarked
package io.tapedeck.transcode.job;

import org.jspecify.annotations.NullMarked;
