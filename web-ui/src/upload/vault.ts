import type { Chunk } from './chunkUploader';

/** A recording of this browser that is not known to be complete on the server. */
export interface KeptRecording {
  /** Made here; the session's own id is not known before the server was reached. */
  localId: string;
  title: string;
  mimeType: string;
  /** Unix time. */
  createdMillis: number;
  session: KeptSession | null;
  /** Chunks made so far, numbered from 0. */
  chunks: number;
  /** Whether the person pressed Stop, so that no more chunks will come. */
  stopped: boolean;
}

export interface KeptSession {
  id: string;
  uploadToken: string;
  watchUrl: string;
}

/**
 * Keeps chunks on this computer until the server has acknowledged them, over reloads and crashes of
 * the page. Each call is one transaction; a rejected call has changed nothing.
 */
export interface Vault {
  save(recording: KeptRecording): Promise<void>;
  keep(localId: string, chunk: Chunk): Promise<void>;
  /** Acknowledged: no longer needed here. */
  release(localId: string, index: number): Promise<void>;
  recordings(): Promise<KeptRecording[]>;
  /** By rising index. */
  chunks(localId: string): Promise<Chunk[]>;
  /** Forgets a recording and all its chunks. */
  discard(localId: string): Promise<void>;
}

const recordingsName = 'recordings';
const chunksName = 'chunks';

/** The vault in IndexedDB. Blobs stay on disk until they are read. */
export class IndexedDbVault implements Vault {
  readonly #name: string;
  #database: Promise<IDBDatabase> | null = null;

  constructor(name = 'tapedeck') {
    this.#name = name;
  }

  async save(recording: KeptRecording): Promise<void> {
    await this.#write([recordingsName], (tx) => tx.objectStore(recordingsName).put(recording));
  }

  async keep(localId: string, chunk: Chunk): Promise<void> {
    await this.#write([chunksName], (tx) => tx.objectStore(chunksName).put({ localId, ...chunk }));
  }

  async release(localId: string, index: number): Promise<void> {
    await this.#write([chunksName], (tx) => tx.objectStore(chunksName).delete([localId, index]));
  }

  async recordings(): Promise<KeptRecording[]> {
    const db = await this.#open();
    return wait(db.transaction(recordingsName).objectStore(recordingsName).getAll());
  }

  async chunks(localId: string): Promise<Chunk[]> {
    const db = await this.#open();
    return wait(db.transaction(chunksName).objectStore(chunksName).getAll(allOf(localId)));
  }

  async discard(localId: string): Promise<void> {
    await this.#write([recordingsName, chunksName], (tx) => {
      tx.objectStore(recordingsName).delete(localId);
      tx.objectStore(chunksName).delete(allOf(localId));
    });
  }

  async #write(stores: string[], change: (tx: IDBTransaction) => void): Promise<void> {
    const db = await this.#open();
    const tx = db.transaction(stores, 'readwrite');
    change(tx);
    await new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error ?? new Error('The browser could not keep this.'));
    });
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(this.#name, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(recordingsName, { keyPath: 'localId' });
        request.result.createObjectStore(chunksName, { keyPath: ['localId', 'index'] });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return this.#database;
  }
}

function allOf(localId: string): IDBKeyRange {
  return IDBKeyRange.bound([localId, 0], [localId, Number.MAX_SAFE_INTEGER]);
}

function wait<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
