package io.tapedeck.timeline;

/// The bytes are in order, but in a container that cannot be planned while it comes. Once all of it
/// is there, it can be converted into one that can.
public final class ForeignContainerException extends MediaException {

    private static final long serialVersionUID = 1L;

    private final ForeignContainer container;

    public ForeignContainerException(ForeignContainer container, String message) {
        super(message);
        this.container = container;
    }

    public ForeignContainer container() {
        return container;
    }
}
