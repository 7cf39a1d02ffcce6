package io.tapedeck.transcode.plan;

import io.tapedeck.chassis.objects.ObjectInfo;
import io.tapedeck.chassis.objects.ObjectStore;
import io.tapedeck.transcode.contract.SegmentKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// Deletes what was made of a session that is gone for good. Its rows went with the fact itself; a
/// tombstone stays, and is swept a second time, for a renderer may have been putting a segment just
/// then.
final class RemovedSession {

    private static final int BATCH = 500;

    private final Plans plans;
    private final ObjectStore objects;

    RemovedSession(Plans plans, ObjectStore objects) {
        this.plans = plans;
        this.objects = objects;
    }

    void sweep(PlanRow row) throws IOException {
        try (Stream<ObjectInfo> found = objects.list(SegmentKeys.session(row.sessionId()))) {
            Iterator<ObjectInfo> all = found.iterator();
            List<String> keys = new ArrayList<>();
            while (all.hasNext()) {
                keys.add(all.next().key());
                if (keys.size() == BATCH || !all.hasNext()) {
                    objects.delete(keys);
                    keys.clear();
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        plans.swept(row.sessionId());
    }
}
