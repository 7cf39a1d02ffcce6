package io.tapedeck.ingest.upload;

import java.io.InputStream;
import java.util.Optional;

/// One part of a form.
///
/// @param name of the field
/// @param fileName as the client sent it; empty for a plain field
/// @param body valid until the next part is asked for
record FormPart(
        String name, Optional<String> fileName, Optional<String> contentType, InputStream body) {}
