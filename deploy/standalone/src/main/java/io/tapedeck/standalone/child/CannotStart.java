package io.tapedeck.standalone.child;

/// Why nothing runs, in one line for the person at the terminal: what is wrong and what to do.
public final class CannotStart extends RuntimeException {

    public CannotStart(String line) {
        super(line);
    }

    public CannotStart(String line, Throwable cause) {
        super(line, cause);
    }
}
