/// A real broker, database and store for integration tests.
///
/// A test says `@QuarkusTestResource(NeighboursResource.class)`. The neighbours start once per test
/// JVM, on free ports, with their data in a temporary directory, as child processes with a class
/// path of their own. They end, and their data with them, when the test JVM does, however it does.
@NullMarked
package io.tapedeck.neighbours;

import org.jspecify.annotations.NullMarked;
