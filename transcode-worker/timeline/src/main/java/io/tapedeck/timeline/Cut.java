package io.tapedeck.timeline;

/// How a timeline is cut into windows. Each cut numbers its windows from 0.
public enum Cut {
    /// Every two seconds, unless the session says otherwise: for renditions that are encoded anew.
    GRID,
    /// At keyframes of the source: for the rendition that copies its pictures.
    SOURCE
}
