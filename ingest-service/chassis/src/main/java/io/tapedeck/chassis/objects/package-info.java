/// The object store as the services see it.
@NullMarked
package io.tapedeck.chassis.objects;

import org.jspecify.annotations.NullMarked;
