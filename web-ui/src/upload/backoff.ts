/**
 * How long to wait after the nth failure in a row: doubling from half a second to ten, of which a
 * random half is taken, so that many recorders do not come back in step. What the server asks for
 * (`Retry-After`) is the least, up to a minute: a recorder must not be silenced for longer, or its
 * session counts as interrupted.
 */
export class Backoff {
  #failures = 0;
  readonly #random: () => number;

  /** @param random 0 to 1 */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  get failures(): number {
    return this.#failures;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** Counts a failure and says how long to wait. */
  failed(retryAfterMillis = 0): number {
    this.#failures += 1;
    const ceilingMillis = Math.min(10_000, 500 * 2 ** Math.min(this.#failures - 1, 10));
    const jitteredMillis = ceilingMillis / 2 + (ceilingMillis / 2) * this.#random();
    return Math.max(jitteredMillis, Math.min(retryAfterMillis, 60_000));
  }
}
