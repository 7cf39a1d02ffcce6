/// ingest-service: makes chunks durable and announces them.
@NullMarked
package io.tapedeck.ingest;

import org.jspecify.annotations.NullMarked;
