/// The real things that the services need: a Kafka broker, a PostgreSQL server, an S3 store and
/// ffmpeg, each a process of its own on 127.0.0.1.
///
/// {@link io.tapedeck.standalone.neighbour.Neighbours#start(java.nio.file.Path)} gives all of them
/// to an integration test, together with the configuration that leads a service there.
@NullMarked
package io.tapedeck.standalone.neighbour;

import org.jspecify.annotations.NullMarked;
