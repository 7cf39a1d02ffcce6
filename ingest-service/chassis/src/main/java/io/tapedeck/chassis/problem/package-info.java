/// Problem documents (RFC 9457): the one way in which the services say no.
@NullMarked
package io.tapedeck.chassis.problem;

import org.jspecify.annotations.NullMarked;
