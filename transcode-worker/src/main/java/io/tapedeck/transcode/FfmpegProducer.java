package io.tapedeck.transcode;

import io.tapedeck.ffmpeg.process.FfmpegInstallation;
import io.tapedeck.ffmpeg.process.FfmpegUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Finds ffmpeg. A worker without one plans, and says that it is not ready to render.
@ApplicationScoped
public class FfmpegProducer {

    private static final Logger LOG = Logger.getLogger(FfmpegProducer.class);

    private final String path;
    private volatile @Nullable FfmpegInstallation found;
    private volatile String state = "still looking for ffmpeg";

    FfmpegProducer(FfmpegConfig config) {
        path = config.path();
    }

    /// Looks for it, unless it was found before.
    ///
    /// @return whether there is one
    public boolean locate() {
        if (found != null) {
            return true;
        }
        try {
            FfmpegInstallation installation = FfmpegInstallation.locate(path);
            state = "ffmpeg %s at %s".formatted(installation.version(), installation.path());
            found = installation;
            LOG.info(state);
            return true;
        } catch (FfmpegUnavailableException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(state)) {
                LOG.error(problem);
            }
            state = problem;
            return false;
        }
    }

    /// Whether it was found.
    public boolean located() {
        return found != null;
    }

    /// One sentence: what was found, or what is wrong.
    public String state() {
        return state;
    }

    @Produces
    @Singleton
    FfmpegInstallation installation() {
        FfmpegInstallation installation = found;
        if (installation == null) {
            throw new IllegalStateException(state);
        }
        return installation;
    }
}
