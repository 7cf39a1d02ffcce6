import type { StoredChunks } from '../api/shapes';
import { Store } from '../store';
import { contains } from './ranges';
import { RecordingUpload, type UploadContext } from './recordingUpload';
import type { KeptRecording, KeptSession } from './vault';

/** A recording that a closed or crashed page left behind. */
export interface Leftover {
  recording: KeptRecording;
  pendingChunks: number;
  pendingBytes: number;
  pendingMillis: number;
  /** Set while it is being finished. */
  upload: RecordingUpload | null;
}

/**
 * Holds something for as long as this page lives, so that other pages leave it alone. Returns whether
 * it was free.
 */
export interface Claims {
  claim(name: string): Promise<boolean>;
}

const nothingStored: StoredChunks = { received: [], nextIndex: 0, bytes: 0 };

/**
 * What earlier pages of this browser recorded and could not finish saving. A recording belongs to
 * the page that claims it: one that is still being recorded in another tab is nobody's leftover.
 */
export class LeftoversStore {
  readonly view = new Store<Leftover[]>([]);
  readonly #context: UploadContext;
  readonly #claims: Claims;

  constructor(context: UploadContext, claims: Claims) {
    this.#context = context;
    this.#claims = claims;
  }

  /** Looks once. A browser that keeps nothing has nothing left over. */
  async look(): Promise<void> {
    const { vault } = this.#context;
    const recordings = await vault.recordings().catch(() => []);
    const found: Leftover[] = [];
    for (const recording of recordings.sort((a, b) => a.createdMillis - b.createdMillis)) {
      if (!(await this.#claims.claim(recording.localId))) continue;
      const chunks = await vault.chunks(recording.localId).catch(() => []);
      if (recording.session === null && chunks.length === 0) {
        await vault.discard(recording.localId).catch(() => {});
        continue;
      }
      found.push({
        recording,
        pendingChunks: chunks.length,
        pendingBytes: chunks.reduce((sum, chunk) => sum + chunk.bytes.size, 0),
        pendingMillis: chunks.reduce((sum, chunk) => sum + chunk.endMillis - chunk.startMillis, 0),
        upload: null,
      });
    }
    this.view.set(found);
  }

  /** Uploads what the server does not have and completes the session. */
  async finish(localId: string): Promise<void> {
    const leftover = this.view.value.find((l) => l.recording.localId === localId);
    if (!leftover || leftover.upload) return;
    const upload = new RecordingUpload(this.#context, leftover.recording);
    this.#replace({ ...leftover, upload });
    const chunks = await this.#context.vault.chunks(localId).catch(() => []);
    const { session } = leftover.recording;
    const stored = session ? await this.#stored(upload, session) : nothingStored;
    upload.expect(stored.nextIndex);
    for (const chunk of chunks) {
      if (contains(stored.received, chunk.index)) upload.uploader.countSafe(chunk);
      else upload.add(chunk);
    }
    void upload.open();
    await upload.complete();
  }

  async discard(localId: string): Promise<void> {
    this.#find(localId)?.upload?.uploader.stop();
    await this.#context.vault.discard(localId).catch(() => {});
    this.dismiss(localId);
  }

  /** Takes it off the list; what is saved stays saved. */
  dismiss(localId: string): void {
    this.view.set(this.view.value.filter((l) => l.recording.localId !== localId));
  }

  /** An answer that says no is met again, in words, when completing. */
  #stored(upload: RecordingUpload, session: KeptSession): Promise<StoredChunks> {
    return upload.storedChunks(session).catch(() => nothingStored);
  }

  #find(localId: string): Leftover | undefined {
    return this.view.value.find((l) => l.recording.localId === localId);
  }

  #replace(next: Leftover): void {
    this.view.set(this.view.value.map((l) => (l.recording.localId === next.recording.localId ? next : l)));
  }
}

/** Claims by Web Locks, which end with the page however it ends. */
export const webLocks: Claims = {
  claim: (name) => {
    if (navigator.locks === undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      const held = navigator.locks.request(`tapedeck-${name}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>(() => {});
      });
      // Where locks are not to be had, nobody else can hold one either.
      held.catch(() => resolve(true));
    });
  },
};
