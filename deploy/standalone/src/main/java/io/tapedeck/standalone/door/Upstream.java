package io.tapedeck.standalone.door;

import java.util.function.BooleanSupplier;

/// A service behind the door.
///
/// @param port on 127.0.0.1
/// @param up whether it takes requests just now
public record Upstream(int port, BooleanSupplier up) {}
