package io.tapedeck.timeline.fmp4;

import io.tapedeck.timeline.MediaException;
import io.tapedeck.timeline.Tracks;
import io.tapedeck.timeline.stream.Block;
import io.tapedeck.timeline.stream.StreamSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a parser says, one line each, and where it says it.
final class Heard implements StreamSink {

    /// @param startBytes where to begin to read
    /// @param event its line, but for the payload
    record Place(long startBytes, byte[] place, String event) {}

    private final List<String> events = new ArrayList<>();
    private final @Nullable Fmp4Parser parser;
    private final List<Place> places;

    Heard() {
        this(null, new ArrayList<>());
    }

    Heard(@Nullable Fmp4Parser parser, List<Place> places) {
        this.parser = parser;
        this.places = places;
    }

    /// All that a parser without payloads says of a whole run.
    static List<String> of(byte[] bytes) throws MediaException {
        Heard heard = new Heard();
        Fmp4Parser parser = new Fmp4Parser(false);
        parser.feed(ByteBuffer.wrap(bytes), heard);
        parser.flush(heard);
        return heard.events;
    }

    List<String> events() {
        return events;
    }

    @Override
    public void began() {
        events.add("began");
    }

    @Override
    public void tracks(Tracks tracks) {
        events.add("tracks");
    }

    @Override
    public void block(Block block) {
        String event =
                "%s %d%s".formatted(block.kind(), block.ticks(), block.keyframe() ? " key" : "");
        if (parser != null) {
            places.add(new Place(block.startBytes(), parser.place(), event));
        }
        String payload = HexFormat.of().formatHex(block.payload());
        events.add(payload.isEmpty() ? event : event + " " + payload);
    }
}
