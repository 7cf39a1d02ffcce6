/// Transactional outbox: events are rows of the transaction that made them, sent right after its
/// commit, and by a relay when a crash came between.
@NullMarked
package io.tapedeck.chassis.outbox;

import org.jspecify.annotations.NullMarked;
