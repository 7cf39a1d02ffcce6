package io.tapedeck.ingest.upload;

/// Bytes of an upload that are in the store.
///
/// @param objectKey where
/// @param sizeBytes at least 1
/// @param sha256 their digest, lower-case hex
record Piece(String objectKey, long sizeBytes, String sha256) {}
