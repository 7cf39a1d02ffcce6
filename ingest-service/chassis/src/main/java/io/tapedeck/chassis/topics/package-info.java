/// Kafka topics that a service needs, made at its start.
@NullMarked
package io.tapedeck.chassis.topics;

import org.jspecify.annotations.NullMarked;
