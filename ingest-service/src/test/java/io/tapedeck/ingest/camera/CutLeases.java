package io.tapedeck.ingest.camera;

import java.util.List;

/// Leases in a database that one process can be cut off from.
final class CutLeases implements CameraLeases {

    private final CameraLeases behind;
    private volatile boolean cut;

    CutLeases(CameraLeases behind) {
        this.behind = behind;
    }

    static final class CutException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    void cut() {
        cut = true;
    }

    @Override
    public List<CameraClaim> claim(int limit) {
        pass();
        return behind.claim(limit);
    }

    @Override
    public boolean renew(String cameraId, long epoch, CameraStatus status) {
        pass();
        return behind.renew(cameraId, epoch, status);
    }

    @Override
    public void release(String cameraId, long epoch) {
        behind.release(cameraId, epoch);
    }

    private void pass() {
        if (cut) {
            throw new CutException();
        }
    }
}
