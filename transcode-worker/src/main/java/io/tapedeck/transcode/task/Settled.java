package io.tapedeck.transcode.task;

/// That a window of one generation of a rendition was settled: rendered, or a known gap.
public record Settled(String rendition, int generation) {}
