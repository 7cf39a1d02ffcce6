package io.tapedeck.standalone.door;

/// Who answers a request.
public enum Target {
    INGEST("ingest-service"),
    PLAYBACK("playback-service"),
    /// The built web-ui.
    PAGES("web-ui");

    private final String title;

    Target(String title) {
        this.title = title;
    }

    /// Its name towards people, and its folder in the checkout.
    public String title() {
        return title;
    }
}
