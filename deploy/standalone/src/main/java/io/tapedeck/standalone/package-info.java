/// Everything on one machine.
@NullMarked
package io.tapedeck.standalone;

import org.jspecify.annotations.NullMarked;
