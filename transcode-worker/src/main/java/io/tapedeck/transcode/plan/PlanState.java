package io.tapedeck.transcode.plan;

/// How far a session's plan is.
enum PlanState {
    /// More may come.
    PLANNING,
    /// No more chunks will come, and runs among them are being converted; then another plan begins.
    CONVERTING,
    /// Every chunk is planned, and no more will come.
    PLANNED,
    /// Nothing more can be made of its bytes.
    FAILED,
    /// Gone for good; what is left is a tombstone, so that a late fact does not bring it back.
    REMOVED
}
