package io.tapedeck.ingest.session;

/// What a session is opened with.
///
/// @param id also its link
/// @param live whether somebody may be watching while it comes
/// @param held an upload fills it and says when it ends: silence does not
/// @param tokenSha256 of the token that writes chunks
/// @param segmentSeconds how long its segments are to be; 0 for the usual length
/// @param historySeconds how much of it is kept while it is open; 0 for everything
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Opening(
        String id,
        String title,
        String mimeType,
        boolean live,
        boolean held,
        byte[] tokenSha256,
        int segmentSeconds,
        long historySeconds) {

    /// One with segments of the usual length, of which everything is kept.
    public Opening(
            String id,
            String title,
            String mimeType,
            boolean live,
            boolean held,
            byte[] tokenSha256) {
        this(id, title, mimeType, live, held, tokenSha256, 0, 0);
    }

    SessionEntity entity() {
        var session = new SessionEntity();
        session.id = id;
        session.title = title;
        session.mimeType = mimeType;
        session.live = live;
        session.held = held;
        session.uploadTokenSha256 = tokenSha256;
        session.historySeconds = historySeconds;
        return session;
    }
}
