package io.tapedeck.transcode;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Which ffmpeg to use.
@ConfigMapping(prefix = "tapedeck.ffmpeg")
public interface FfmpegConfig {

    /// A path, or a name that is looked up in `PATH`.
    @WithDefault("ffmpeg")
    String path();
}
