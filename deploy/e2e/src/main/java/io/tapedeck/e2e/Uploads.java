package io.tapedeck.e2e;

import io.tapedeck.e2e.TapedeckClient.Answer;
import io.tapedeck.e2e.TapedeckClient.OpenSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Ways in which the chunks of one recording may arrive. All must give the same result.
public enum Uploads {
    IN_ORDER {
        @Override
        List<Integer> order(int chunks) {
            return IntStream.range(0, chunks).boxed().toList();
        }
    },
    IN_REVERSE {
        @Override
        List<Integer> order(int chunks) {
            return IN_ORDER.order(chunks).reversed();
        }
    },
    EACH_TWICE {
        @Override
        List<Integer> order(int chunks) {
            return IntStream.range(0, 2 * chunks).map(i -> i / 2).boxed().toList();
        }
    },
    IN_PARALLEL {
        @Override
        List<Integer> order(int chunks) {
            return IN_ORDER.order(chunks);
        }

        @Override
        int threads() {
            return 8;
        }
    },
    /// All of the above, the same way each time.
    SCRAMBLED {
        @Override
        List<Integer> order(int chunks) {
            List<Integer> order = new ArrayList<>(EACH_TWICE.order(chunks));
            Collections.shuffle(order, new Random(chunks));
            return order;
        }

        @Override
        int threads() {
            return 4;
        }
    };

    abstract List<Integer> order(int chunks);

    int threads() {
        return 1;
    }

    /// Sends all chunks and completes the session.
    ///
    /// @return the session
    public OpenSession send(TapedeckClient client, Recording recording) {
        OpenSession session = client.open(recording.name() + " " + this, recording.mimeType());
        List<Future<?>> sent = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(threads())) {
            for (int index : order(recording.chunks().size())) {
                sent.add(threads.submit(() -> put(client, session, recording, index)));
            }
        }
        sent.forEach(Uploads::join);
        Answer completed = client.complete(session, recording.chunks().size());
        if (completed.status() != 202) {
            throw new IllegalStateException("not completed: " + completed);
        }
        return session;
    }

    /// All of them.
    public static List<Uploads> all() {
        return Collections.unmodifiableList(List.of(values()));
    }

    static void put(TapedeckClient client, OpenSession session, Recording recording, int index) {
        Answer answer =
                client.putChunk(session, index, recording.run(index), recording.bytes(index));
        if (answer.status() != 201 && answer.status() != 200) {
            throw new IllegalStateException("chunk %d: %s".formatted(index, answer));
        }
    }

    private static void join(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
