/// A client of Tapedeck that knows nothing but its public doors, and the corpus it sends through
/// them. The end-to-end tests and the benchmarks are written with it.
@NullMarked
package io.tapedeck.e2e;

import org.jspecify.annotations.NullMarked;
