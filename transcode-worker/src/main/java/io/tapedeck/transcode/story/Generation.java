package io.tapedeck.transcode.story;

/// Which rendering of a rendition.
public final class Generation {

    /// That of everything, as long as nothing is rendered again.
    public static final int FIRST = 1;

    private Generation() {}
}
