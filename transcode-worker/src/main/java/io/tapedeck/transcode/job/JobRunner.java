package io.tapedeck.transcode.job;

import io.tapedeck.ffmpeg.process.Cancellation;
import io.tapedeck.transcode.contract.TranscodeJob;
import io.tapedeck.transcode.convert.Converter;
import io.tapedeck.transcode.export.Exporter;
import io.tapedeck.transcode.render.Renderer;
import io.tapedeck.transcode.story.Queue;
import java.io.IOException;

/// Hands a job to whoever does its kind. Thread-safe.
final class JobRunner {

    private final Renderer renderer;
    private final Exporter exporter;
    private final Converter converter;

    JobRunner(Renderer renderer, Exporter exporter, Converter converter) {
        this.renderer = renderer;
        this.exporter = exporter;
        this.converter = converter;
    }

    /// Returns when the job is done, well or not.
    ///
    /// @param queue that it came from
    ///
    /// @throws IOException a neighbour failed; somebody should do the job again
    /// @throws InterruptedException `cancellation` was thrown; somebody should do the job again
    /// @throws io.tapedeck.transcode.database.DatabaseException somebody should do the job again
    void run(TranscodeJob job, Queue queue, Cancellation cancellation)
            throws IOException, InterruptedException {
        switch (job) {
            case TranscodeJob.Render render -> renderer.render(render, queue, cancellation);
            case TranscodeJob.Export export -> exporter.export(export, cancellation);
            case TranscodeJob.Convert convert -> converter.convert(convert, cancellation);
        }
    }
}
