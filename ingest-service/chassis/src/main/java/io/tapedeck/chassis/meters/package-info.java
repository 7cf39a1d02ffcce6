/// What is measured, over the life of a service.
@NullMarked
package io.tapedeck.chassis.meters;

import org.jspecify.annotations.NullMarked;
