package io.tapedeck.transcode.convert;

/// A recording is too large to be converted here. The message is for people.
final class NoRoomException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String words;

    NoRoomException(String words) {
        super(words);
        this.words = words;
    }

    @Override
    public String getMessage() {
        return words;
    }
}
