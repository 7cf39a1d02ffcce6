@NullMarked
package io.tapedeck.e2e;

import org.jspecify.annotations.NullMarked;
