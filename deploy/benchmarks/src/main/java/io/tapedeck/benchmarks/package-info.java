/// Measures a running Tapedeck from outside. See the catalogue in this module's README.
@NullMarked
package io.tapedeck.benchmarks;

import org.jspecify.annotations.NullMarked;
