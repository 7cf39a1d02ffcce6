package io.tapedeck.chassis.objects;

import java.time.Instant;

/// What the store knows of an object.
///
/// @param entityTag without quotes
public record ObjectInfo(String key, long sizeBytes, String entityTag, Instant modifiedAt) {}
