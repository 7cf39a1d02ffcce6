/// What ingest-service tells the world: the one ordered story of each session, the topic it is told
/// on and the object keys of the chunk log. Consumers depend on this module, never on the service.
@NullMarked
package io.tapedeck.ingest.contract;

import org.jspecify.annotations.NullMarked;
