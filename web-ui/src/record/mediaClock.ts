/**
 * Media time of a recording, all runs together, told by the wall clock: the browser does not say which
 * time a chunk covers. Between runs it stands still. All values are milliseconds.
 */
export class MediaClock {
  #runBase = 0;
  #runStarted: number | null = null;
  /** Media time when the run was told to stop; what arrives later was recorded before. */
  #runEnd = Number.POSITIVE_INFINITY;
  #lastChunkEnd = 0;

  beginRun(now: number): void {
    this.#runBase = this.#lastChunkEnd;
    this.#runStarted = now;
    this.#runEnd = Number.POSITIVE_INFINITY;
  }

  endRun(now: number): void {
    this.#runEnd = this.millis(now);
  }

  /** Where the recording is. */
  millis(now: number): number {
    if (this.#runStarted === null) return this.#lastChunkEnd;
    return Math.min(this.#runBase + now - this.#runStarted, this.#runEnd);
  }

  /** What a chunk that arrives now covers. */
  takeChunk(now: number): { startMillis: number; endMillis: number } {
    const startMillis = this.#lastChunkEnd;
    const endMillis = Math.max(startMillis, this.millis(now));
    this.#lastChunkEnd = endMillis;
    return { startMillis, endMillis };
  }
}
