package io.tapedeck.timeline;

/// Containers that are known, but can only be read as a whole.
public enum ForeignContainer {
    /// Ogg (RFC 3533): its pages have no order that one could begin to read in.
    OGG,
    /// MP4 or QuickTime whose index is in one piece, in front of the data or behind it.
    MP4
}
