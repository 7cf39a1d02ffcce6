package io.tapedeck.playback.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows down those who try keys: each address may be wrong so often, and earns another try with
/// time. The key is long enough not to be guessed; this keeps the guessing cheap for us. Safe for
/// many threads; remembers a bounded number of addresses.
final class GuessLimit {

    private static final int MAX_ADDRESSES = 10_000;

    private final int guesses;
    private final Duration guessEvery;
    private final Clock clock;

    /// When an address has all its tries back.
    private final Map<String, Instant> fullAgainAt =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                    return size() > MAX_ADDRESSES;
                }
            };

    /// @param guesses wrong ones in a row, at least 1
    /// @param guessEvery how long it takes to earn one more
    GuessLimit(int guesses, Duration guessEvery, Clock clock) {
        this.guesses = guesses;
        this.guessEvery = guessEvery;
        this.clock = clock;
    }

    /// How long that address has to wait before its next try; zero when it need not.
    synchronized Duration waitFor(String address) {
        Instant now = clock.instant();
        Duration owed = Duration.between(now, fullAgainAt.getOrDefault(address, now));
        Duration wait = owed.minus(guessEvery.multipliedBy(guesses - 1L));
        return wait.isPositive() ? wait : Duration.ZERO;
    }

    /// That address was wrong.
    synchronized void wrong(String address) {
        Instant now = clock.instant();
        Instant full = fullAgainAt.getOrDefault(address, now);
        fullAgainAt.put(address, (full.isAfter(now) ? full : now).plus(guessEvery));
    }

    /// That address was right.
    synchronized void right(String address) {
        fullAgainAt.remove(address);
    }
}
