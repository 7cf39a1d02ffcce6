package io.tapedeck.chassis.objects;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.errors.ErrorResponseException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.jboss.logging.Logger;

/// Makes the bucket when it is missing and reports the service started when it is there. A store
/// that fails later does not make the service unready: most doors work without it, the others say
/// so themselves.
@Startup
@ApplicationScoped
class BucketHealth implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(BucketHealth.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final MinioClient client;
    private final String bucket;
    private volatile boolean found;
    private volatile boolean stopped;

    BucketHealth(MinioClient client, ObjectsConfig config) {
        this.client = client;
        this.bucket = config.bucket();
    }

    void onStart(@Observes StartupEvent event) {
        Thread.ofVirtual().name("ensure-bucket").start(this::ensure);
    }

    void onStop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("bucket").status(found).build();
    }

    private void ensure() {
        for (int attempt = 1; !found && !stopped; attempt++) {
            try {
                makeIfMissing();
                found = true;
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                // Every tenth: a store that starts with us is no news.
                if (attempt % 10 == 0) {
                    LOG.warnf("bucket %s cannot be ensured yet: %s", bucket, e.getMessage());
                }
                pause();
            }
        }
    }

    private void makeIfMissing() throws Exception {
        if (client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            return;
        }
        try {
            client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
        } catch (ErrorResponseException e) {
            // Another service was faster.
            if (!e.errorResponse().code().startsWith("BucketAlready")) {
                throw e;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
