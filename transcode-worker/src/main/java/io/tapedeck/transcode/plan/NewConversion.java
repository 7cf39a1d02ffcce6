package io.tapedeck.transcode.plan;

import io.tapedeck.timeline.ForeignContainer;

/// A run that turned out to need conversion.
///
/// @param run announced run
record NewConversion(int run, ForeignContainer container) {}
