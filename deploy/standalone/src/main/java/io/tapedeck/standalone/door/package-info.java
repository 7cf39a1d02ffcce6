/// The front door: one origin for the pages and the services.
///
/// {@link io.tapedeck.standalone.door.RouteTable} and {@link
/// io.tapedeck.standalone.door.OwnerAccess} decide, {@link
/// io.tapedeck.standalone.door.VertxFrontDoor} does.
@NullMarked
package io.tapedeck.standalone.door;

import org.jspecify.annotations.NullMarked;
