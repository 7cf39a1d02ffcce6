package io.tapedeck.playback.preview;

import io.tapedeck.transcode.contract.TranscodeEvent.Picture;
import io.tapedeck.transcode.contract.TranscodeEvent.Storyboard;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pictures of a session.
///
/// @param storyboard null while the session is not complete
public record Preview(String sessionId, Picture poster, @Nullable Storyboard storyboard) {

    /// A sheet of the storyboard by its file name.
    public Optional<Picture> sheet(String file) {
        return storyboard == null
                ? Optional.empty()
                : storyboard.sheets().stream()
                        .filter(sheet -> file(sheet).equals(file))
                        .findFirst();
    }

    /// The last part of a picture's object key, which is the last part of its address, too. It
    /// carries the digest of its bytes.
    public static String file(Picture picture) {
        return picture.objectKey().substring(picture.objectKey().lastIndexOf('/') + 1);
    }
}
