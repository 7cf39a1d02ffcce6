import { Store } from '../store';

/** What is told of a file on its way. */
export interface TransferEvents {
  onProgress(sentBytes: number): void;
  /** All of it is there. */
  onDone(sessionId: string): void;
  /** It does not go on by itself. */
  onFailed(detail: string): void;
}

/** A file on its way. */
export interface Transfer {
  pause(): void;
  resume(): void;
  /** Stops, and has the server forget what came. */
  discard(): Promise<void>;
}

/** Starts to send a file, or goes on with it where an earlier page stopped. */
export type FileDoor = (file: File, events: TransferEvents) => Transfer;

export type FilePhase = 'idle' | 'sending' | 'paused' | 'done' | 'failed';

export interface FileUploadView {
  phase: FilePhase;
  name: string;
  totalBytes: number;
  sentBytes: number;
  /** Of the finished file. */
  sessionId: string | null;
  detail: string | null;
}

const nothing: FileUploadView = {
  phase: 'idle',
  name: '',
  totalBytes: 0,
  sentBytes: 0,
  sessionId: null,
  detail: null,
};

/** One file after the other on its way to the server. */
export class FileUploadStore {
  readonly view = new Store<FileUploadView>(nothing);
  readonly #door: FileDoor;
  #transfer: Transfer | null = null;
  /** Counts the files, so that what an earlier one still tells is dropped. */
  #file = 0;

  constructor(door: FileDoor) {
    this.#door = door;
  }

  /** Sends a file; one that is being sent goes on instead. */
  send(file: File): void {
    const { phase } = this.view.value;
    if (phase === 'sending' || phase === 'paused') return;
    this.#file += 1;
    const own = this.#file;
    const unless = (tell: () => void): void => {
      if (own === this.#file) tell();
    };
    this.view.set({ ...nothing, phase: 'sending', name: file.name, totalBytes: file.size });
    this.#transfer = this.#door(file, {
      onProgress: (sentBytes) => unless(() => this.view.patch({ sentBytes })),
      onDone: (sessionId) =>
        unless(() => this.view.patch({ phase: 'done', sessionId, sentBytes: file.size })),
      onFailed: (detail) => unless(() => this.view.patch({ phase: 'failed', detail })),
    });
  }

  pause(): void {
    if (this.view.value.phase !== 'sending') return;
    this.view.patch({ phase: 'paused' });
    this.#transfer?.pause();
  }

  resume(): void {
    const { phase } = this.view.value;
    if (phase !== 'paused' && phase !== 'failed') return;
    this.view.patch({ phase: 'sending', detail: null });
    this.#transfer?.resume();
  }

  /** Forgets a file, also on the server if it is not finished. */
  async discard(): Promise<void> {
    const finished = this.view.value.phase === 'done';
    const transfer = this.#transfer;
    this.#file += 1;
    this.#transfer = null;
    this.view.set(nothing);
    try {
      if (!finished) await transfer?.discard();
    } catch {
      // Not reached: the server gives it up by itself when nobody goes on with it.
    }
  }
}
