package io.tapedeck.transcode.render;

/// Why windows could not be rendered.
///
/// @param reason for people
/// @param again whether another try makes sense
/// @param undecodable whether it is that their pictures cannot be decoded, by anybody
record RenderFailure(String reason, boolean again, boolean undecodable) {

    static RenderFailure once(String reason) {
        return new RenderFailure(reason, false, false);
    }

    static RenderFailure retryable(String reason) {
        return new RenderFailure(reason, true, false);
    }
}
