import type { Clock } from '../clock';
import { type Cancel, Store } from '../store';
import { Backoff } from './backoff';
import type { Connectivity } from './connectivity';
import { judge, type Refusal, type Verdict } from './verdict';

/** A numbered piece of a recording and the media time it covers. */
export interface Chunk {
  /** Counts up through the whole session, from 0. */
  index: number;
  run: number;
  bytes: Blob;
  startMillis: number;
  endMillis: number;
}

/** Brings one chunk to safety; resolves only once the server has acknowledged it. */
export type SendChunk = (chunk: Chunk) => Promise<void>;

export type UploadState =
  /** Everything goes out about as fast as it comes in. */
  | 'saving'
  /** The server asks for patience or the line is too slow; it will catch up. */
  | 'behind'
  /** Nobody answers; it goes on by itself as soon as somebody does. */
  | 'offline'
  /** The server will never take the rest. */
  | 'refused';

export interface UploadProgress {
  state: UploadState;
  safeChunks: number;
  safeBytes: number;
  pendingChunks: number;
  pendingBytes: number;
  /** All media before this is safe. */
  safeUntilMillis: number;
  refusal: Refusal | null;
}

export interface UploaderWorld {
  clock: Clock;
  connectivity: Connectivity;
  /** 0 to 1, for the jitter. */
  random?: () => number;
}

const parallelSends = 3;
const behindMillis = 6_000;
const damagedAttempts = 4;

const nothingYet: UploadProgress = {
  state: 'saving',
  safeChunks: 0,
  safeBytes: 0,
  pendingChunks: 0,
  pendingBytes: 0,
  safeUntilMillis: 0,
  refusal: null,
};

/**
 * Sends chunks in order, a few at a time, until each is acknowledged. Any trouble holds the whole
 * line: the next attempt after it is a single one, and only its success opens the line again. It
 * never gives up on an absent server; it stops for good when the server says that it will not take
 * the rest. Chunks live in the given blobs until acknowledged.
 */
export class ChunkUploader {
  readonly progress = new Store<UploadProgress>(nothingYet);
  readonly #world: UploaderWorld;
  readonly #backoff: Backoff;
  readonly #onSafe: (chunk: Chunk) => void;
  readonly #stopListening: Cancel;

  #send: SendChunk | null = null;
  /** Not sent yet or to be sent again, by rising index. */
  #waiting: Chunk[] = [];
  #sending = new Set<Chunk>();
  #damage = new Map<number, number>();
  #pause: Cancel | null = null;
  #unreachable = false;
  #stopped = false;
  #latestMillis = 0;

  /** @param onSafe told once for each chunk, after it was acknowledged */
  constructor(world: UploaderWorld, onSafe: (chunk: Chunk) => void = () => {}) {
    this.#world = world;
    this.#onSafe = onSafe;
    this.#backoff = new Backoff(world.random);
    this.#stopListening = world.connectivity.onOnline(() => this.#endPause());
  }

  /** Says where chunks go. Until then they only queue up. */
  open(send: SendChunk): void {
    this.#send = send;
    this.#pump();
  }

  add(chunk: Chunk): void {
    this.#latestMillis = Math.max(this.#latestMillis, chunk.endMillis);
    this.#enqueue(chunk);
    this.#report();
    this.#pump();
  }

  /** Counts a chunk that is known to be safe already, without sending it. */
  countSafe(chunk: Chunk): void {
    this.#latestMillis = Math.max(this.#latestMillis, chunk.endMillis);
    this.#markSafe(chunk);
    this.#report();
  }

  /** Nothing more can be saved, for a reason found elsewhere. */
  refuse(refusal: Refusal): void {
    this.progress.patch({ refusal });
    this.#report();
  }

  /** Somebody else noticed that the server is away, or back. */
  noteReachable(reachable: boolean): void {
    this.#unreachable = !reachable;
    this.#report();
  }

  /** Resolves when every chunk added so far is safe, or the rest is refused. */
  async settled(): Promise<'safe' | 'refused'> {
    const end = await this.progress.when((p) => p.refusal !== null || p.pendingChunks === 0);
    return end.refusal === null ? 'safe' : 'refused';
  }

  /** Stops sending. What is under way may still arrive, and nobody will be told. */
  stop(): void {
    this.#stopped = true;
    this.#pause?.();
    this.#stopListening();
  }

  #enqueue(chunk: Chunk): void {
    const after = this.#waiting.findIndex((other) => other.index > chunk.index);
    if (after === -1) this.#waiting.push(chunk);
    else this.#waiting.splice(after, 0, chunk);
  }

  #pump(): void {
    while (this.#maySend()) {
      const chunk = this.#waiting.shift();
      if (!chunk || !this.#send) return;
      this.#sending.add(chunk);
      void this.#attempt(chunk, this.#send);
    }
  }

  #maySend(): boolean {
    if (this.#stopped || this.#send === null || this.#pause !== null) return false;
    if (this.progress.value.refusal !== null) return false;
    const limit = this.#backoff.failures > 0 ? 1 : parallelSends;
    return this.#sending.size < limit && this.#waiting.length > 0;
  }

  async #attempt(chunk: Chunk, send: SendChunk): Promise<void> {
    try {
      await send(chunk);
      if (this.#stopped) return;
      this.#sending.delete(chunk);
      this.#backoff.succeeded();
      this.#unreachable = false;
      this.#markSafe(chunk);
    } catch (error) {
      if (this.#stopped) return;
      this.#sending.delete(chunk);
      this.#enqueue(chunk);
      this.#takeFailure(chunk, judge(error));
    }
    this.#report();
    this.#pump();
  }

  #takeFailure(chunk: Chunk, verdict: Verdict): void {
    const refusal = this.#refusalIn(chunk, verdict);
    if (refusal !== null) {
      this.progress.patch({ refusal });
      return;
    }
    this.#unreachable = verdict.kind === 'unreachable';
    // Attempts that were already under way fail together; one pause is enough for them.
    if (this.#pause !== null) return;
    const delayMillis = this.#backoff.failed(verdict.kind === 'later' ? verdict.retryAfterMillis : 0);
    this.#pause = this.#world.clock.after(delayMillis, () => this.#endPause());
  }

  #refusalIn(chunk: Chunk, verdict: Verdict): Refusal | null {
    if (verdict.kind === 'refused') return verdict.refusal;
    if (verdict.kind !== 'damaged') return null;
    const attempts = (this.#damage.get(chunk.index) ?? 0) + 1;
    this.#damage.set(chunk.index, attempts);
    return attempts < damagedAttempts ? null : verdict.refusal;
  }

  #endPause(): void {
    if (this.#stopped || this.#pause === null) return;
    this.#pause();
    this.#pause = null;
    this.#pump();
  }

  #markSafe(chunk: Chunk): void {
    this.#damage.delete(chunk.index);
    const { safeChunks, safeBytes } = this.progress.value;
    this.progress.patch({ safeChunks: safeChunks + 1, safeBytes: safeBytes + chunk.bytes.size });
    this.#onSafe(chunk);
  }

  #report(): void {
    const pending = [...this.#waiting, ...this.#sending];
    const safeUntilMillis = Math.min(this.#latestMillis, ...pending.map((chunk) => chunk.startMillis));
    this.progress.patch({
      state: this.#state(this.#latestMillis - safeUntilMillis),
      pendingChunks: pending.length,
      pendingBytes: pending.reduce((sum, chunk) => sum + chunk.bytes.size, 0),
      safeUntilMillis,
    });
  }

  #state(unsafeMillis: number): UploadState {
    if (this.progress.value.refusal !== null) return 'refused';
    if (this.#unreachable) return 'offline';
    return this.#backoff.failures > 0 || unsafeMillis > behindMillis ? 'behind' : 'saving';
  }
}
