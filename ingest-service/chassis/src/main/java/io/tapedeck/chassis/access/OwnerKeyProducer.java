package io.tapedeck.chassis.access;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Reads the owner key at startup, so that a bad one stops the service rather than a request.
@ApplicationScoped
class OwnerKeyProducer {

    @Produces
    @Singleton
    @Startup
    OwnerKey ownerKey(@ConfigProperty(name = "tapedeck.owner.key") Optional<String> key) {
        return OwnerKey.of(key);
    }
}
