/// What holds for every transaction of a service.
@NullMarked
package io.tapedeck.chassis.database;

import org.jspecify.annotations.NullMarked;
