package io.tapedeck.chassis.problem;

/// One way to fail. Each service has an enum of its own.
public interface ProblemKind {

    /// Stable name that clients may switch on, for example `chunk-conflict`.
    String code();

    /// HTTP status.
    int status();

    /// The same few words each time.
    String title();

    /// Whether the same request may work later.
    boolean retryable();
}
