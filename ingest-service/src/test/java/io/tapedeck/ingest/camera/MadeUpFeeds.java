package io.tapedeck.ingest.camera;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.net.URI;

/// Leads to made-up cameras.
@Alternative
@ApplicationScoped
public class MadeUpFeeds implements CameraFeeds {

    @Override
    public void check(URI url) throws FeedException {
        if (url.getHost().equals("169.254.169.254")) {
            throw new FeedException(
                    "camera-address-refused", url + " is refused. Ask somebody who may.");
        }
    }

    @Override
    public CameraFeed feed(URI url) {
        return sink -> {
            MadeUpCamera camera = MadeUpCamera.at(url.getHost());
            if (camera == null) {
                throw new FeedException("camera-unreachable", "Nobody answers.");
            }
            camera.pull(sink);
        };
    }
}
