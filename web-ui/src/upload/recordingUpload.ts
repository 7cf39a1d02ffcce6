import type { ApiClient } from '../api/client';
import { ApiError } from '../api/problem';
import type { StoredChunks } from '../api/shapes';
import { Store } from '../store';
import { type Chunk, ChunkUploader, type UploaderWorld } from './chunkUploader';
import { contentDigest } from './digest';
import { missingRanges } from './ranges';
import { retrying } from './retrying';
import type { KeptRecording, KeptSession, Vault } from './vault';
import { judge } from './verdict';

/** What a recording's way to the server needs from outside. */
export interface UploadContext {
  api: ApiClient;
  vault: Vault;
  world: UploaderWorld;
  /** Resolves once the owner has signed in, after a door answered 401. */
  signedIn(): Promise<void>;
}

/** `opening` until the server knows the session; `completing` once the last chunk was made. */
export type UploadPhase = 'opening' | 'open' | 'completing' | 'complete' | 'refused';

export interface UploadView {
  phase: UploadPhase;
  session: KeptSession | null;
  /** Chunks that were acknowledged nowhere and are gone here: the recording has an honest hole. */
  lostChunks: number;
}

/** The slowest line worth waiting for, in bytes per millisecond (64 kbit/s). */
const slowestBytesPerMilli = 8;

/**
 * One recording on its way to the server: opens the session, keeps every chunk in the vault until it
 * is acknowledged, and completes the session. Recording never waits for any of it.
 */
export class RecordingUpload {
  readonly view = new Store<UploadView>({ phase: 'opening', session: null, lostChunks: 0 });
  readonly uploader: ChunkUploader;
  readonly #context: UploadContext;
  #kept: KeptRecording;
  /** Vault writes of this recording, one after the other: a release must not overtake its keep. */
  #vaultWork: Promise<unknown> = Promise.resolve();

  constructor(context: UploadContext, kept: KeptRecording) {
    this.#context = context;
    this.#kept = kept;
    this.uploader = new ChunkUploader(context.world, (chunk) =>
      this.#inVault(() => context.vault.release(kept.localId, chunk.index)),
    );
  }

  get kept(): KeptRecording {
    return this.#kept;
  }

  /** Opens the session, however long that takes, and then sends. Returns when it is open or refused. */
  async open(): Promise<void> {
    this.#save({});
    try {
      const session = this.#kept.session ?? (await this.#openSession());
      this.#save({ session });
      this.view.patch({
        phase: this.view.value.phase === 'opening' ? 'open' : this.view.value.phase,
        session,
      });
      this.uploader.noteReachable(true);
      this.uploader.open((chunk) => this.#send(session, chunk));
    } catch (error) {
      this.#refuse(error);
    }
  }

  add(chunk: Chunk): void {
    this.#inVault(() => this.#context.vault.keep(this.#kept.localId, chunk));
    this.#save({ chunks: Math.max(this.#kept.chunks, chunk.index + 1) });
    this.uploader.add(chunk);
  }

  /** The recording is known to have at least this many chunks. */
  expect(chunks: number): void {
    this.#save({ chunks: Math.max(this.#kept.chunks, chunks) });
  }

  /** No chunk will follow: saves what is left and completes the session. Resolves at either end. */
  async complete(): Promise<void> {
    this.#save({ stopped: true });
    if (this.view.value.phase !== 'refused') this.view.patch({ phase: 'completing' });
    const { session } = await this.view.when((v) => v.session !== null || v.phase === 'refused');
    if (session === null || (await this.uploader.settled()) === 'refused') {
      this.view.patch({ phase: 'refused' });
      return;
    }
    try {
      await this.#completeSession(session);
      await this.#inVault(() => this.#context.vault.discard(this.#kept.localId));
      this.uploader.stop();
      this.view.patch({ phase: 'complete' });
    } catch (error) {
      this.#refuse(error);
    }
  }

  /** What the server already has of this recording. Patient like everything else here. */
  async storedChunks(session: KeptSession): Promise<StoredChunks> {
    return this.#patiently(() => this.#context.api.storedChunks(session));
  }

  async #openSession(): Promise<KeptSession> {
    const { title, mimeType } = this.#kept;
    for (;;) {
      try {
        const opened = await this.#patiently(() =>
          this.#context.api.openSession({ title, mimeType, live: true }),
        );
        const { id, uploadToken, watchUrl } = opened;
        return { id, uploadToken, watchUrl };
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
        await this.#context.signedIn();
      }
    }
  }

  async #send(session: KeptSession, chunk: Chunk): Promise<void> {
    await this.#context.api.putChunk({
      ...session,
      index: chunk.index,
      run: chunk.run,
      bytes: chunk.bytes,
      contentDigest: await contentDigest(chunk.bytes),
      timeoutMillis: 20_000 + Math.ceil(chunk.bytes.size / slowestBytesPerMilli),
    });
  }

  async #completeSession(session: KeptSession): Promise<void> {
    const complete = (allowGaps: boolean) => {
      const wish = { chunks: this.#kept.chunks, ...(allowGaps ? { allowGaps } : {}) };
      return this.#patiently(() => this.#context.api.completeSession(session, wish));
    };
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        return await complete(false);
      } catch (error) {
        if (this.#learnCount(error)) continue;
        const missing = missingRanges(error);
        if (missing.length === 0) throw error;
        const resent = await this.#resend(missing);
        if (resent === 0) break;
        if ((await this.uploader.settled()) === 'refused') throw error;
      }
    }
    return complete(true);
  }

  /** The server may know of chunks whose making this browser forgot in a crash. */
  #learnCount(error: unknown): boolean {
    if (!(error instanceof ApiError) || error.code !== 'chunks-undeclared') return false;
    const { nextIndex } = error.members;
    if (typeof nextIndex !== 'number' || nextIndex <= this.#kept.chunks) return false;
    this.expect(nextIndex);
    return true;
  }

  /** Sends again what the server misses and the vault still has. */
  async #resend(missing: [number, number][]): Promise<number> {
    await this.#vaultWork;
    const kept = await this.#context.vault.chunks(this.#kept.localId).catch(() => []);
    const again = kept.filter((chunk) => missing.some(([a, b]) => chunk.index >= a && chunk.index <= b));
    for (const chunk of again) this.uploader.add(chunk);
    const wanted = missing.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    this.view.patch({ lostChunks: wanted - again.length });
    return again.length;
  }

  #patiently<T>(action: () => Promise<T>): Promise<T> {
    return retrying(this.#context.world, action, (verdict) =>
      this.uploader.noteReachable(verdict.kind !== 'unreachable'),
    );
  }

  #refuse(error: unknown): void {
    const verdict = judge(error);
    const refusal =
      verdict.kind === 'refused' || verdict.kind === 'damaged'
        ? verdict.refusal
        : { code: 'unknown', title: 'This recording could not be saved', advice: String(error) };
    this.uploader.refuse(refusal);
    this.view.patch({ phase: 'refused' });
  }

  #save(fields: Partial<KeptRecording>): void {
    this.#kept = { ...this.#kept, ...fields };
    const snapshot = this.#kept;
    this.#inVault(() => this.#context.vault.save(snapshot));
  }

  /** A browser that cannot keep things (private windows, a full disk) still uploads. */
  #inVault(work: () => Promise<void>): Promise<void> {
    const done = this.#vaultWork.then(work).catch((error: unknown) => {
      console.warn('This browser does not keep the recording until it is saved.', error);
    });
    this.#vaultWork = done;
    return done;
  }
}
