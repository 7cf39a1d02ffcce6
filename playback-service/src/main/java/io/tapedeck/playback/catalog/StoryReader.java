package io.tapedeck.playback.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/// Reads records of one contract. What it answers can be used without further looking: every
/// component that is not marked [Nullable] is there.
///
/// @param <E> the sealed type of the contract
final class StoryReader<E> {

    private final ObjectMapper json;
    private final Class<E> type;

    StoryReader(ObjectMapper json, Class<E> type) {
        this.json = json;
        this.type = type;
    }

    /// @throws UnreadableException it is not of this contract, and never will be
    E read(byte @Nullable [] value) throws UnreadableException {
        if (value == null) {
            throw new UnreadableException("no value", null);
        }
        try {
            E event = json.readValue(value, type);
            if (event == null) {
                throw new UnreadableException("null", null);
            }
            demandAll((Record) event);
            return event;
        } catch (IOException | ReflectiveOperationException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void demandAll(Record event)
            throws ReflectiveOperationException, UnreadableException {
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            var read = component.getAccessor();
            if (read.invoke(event) == null
                    && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new UnreadableException("without " + component.getName(), null);
            }
        }
    }

    /// A record that no retry makes readable.
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
