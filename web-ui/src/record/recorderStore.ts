import { type Cancel, Store } from '../store';
import type { Chunk, UploadProgress } from '../upload/chunkUploader';
import type { Claims } from '../upload/leftovers';
import { RecordingUpload, type UploadContext, type UploadView } from '../upload/recordingUpload';
import {
  anyDevice,
  type Capture,
  type CaptureDoor,
  CaptureError,
  type CaptureProblem,
  type CaptureRun,
  type CaptureWish,
  type Device,
  type Loss,
} from './capture';
import { type Move, move, type Phase } from './machine';
import { MediaClock } from './mediaClock';

export interface RecorderView {
  phase: Phase;
  wish: CaptureWish;
  devices: Device[];
  title: string;
  capture: Capture | null;
  problem: CaptureProblem | null;
  loss: Loss | null;
  /** Media time recorded so far, all runs together. */
  elapsedMillis: number;
  /** Of the recording that is running or was the last one here. */
  upload: UploadView | null;
  progress: UploadProgress | null;
}

export interface RecorderContext {
  door: CaptureDoor;
  upload: UploadContext;
  claims: Claims;
  /** A name that no other recording has. */
  newLocalId(): string;
}

const tickMillis = 200;

/**
 * Records: opens devices, makes runs, numbers their chunks and hands them to the upload. Recording
 * starts with the first click and waits for nothing but the person's permission; the session is
 * opened beside it.
 */
export class RecorderStore {
  readonly view: Store<RecorderView>;
  readonly #context: RecorderContext;
  #run: CaptureRun | null = null;
  #upload: RecordingUpload | null = null;
  #nextIndex = 0;
  #nextRun = 0;
  #time = new MediaClock();
  #ticking: Cancel = () => {};
  #stopListening: Cancel;

  constructor(context: RecorderContext) {
    this.#context = context;
    const problem = context.door.obstacle();
    this.view = new Store<RecorderView>({
      phase: problem ? 'failed' : 'idle',
      wish: { source: 'camera', cameraId: anyDevice, microphoneId: anyDevice },
      devices: [],
      title: '',
      capture: null,
      problem,
      loss: null,
      elapsedMillis: 0,
      upload: null,
      progress: null,
    });
    this.#stopListening = context.door.onDevicesChanged(() => void this.#readDevices());
    void this.#readDevices();
  }

  setTitle(title: string): void {
    this.view.patch({ title });
  }

  /** Another source or device. An open preview changes over at once. */
  async choose(wish: Partial<CaptureWish>): Promise<void> {
    const { phase } = this.view.value;
    if (phase === 'recording' || phase === 'stopping' || phase === 'asking') return;
    this.view.patch({ wish: { ...this.view.value.wish, ...wish } });
    if (phase === 'lost') return;
    // A screen is chosen anew each time, so its preview waits for a click.
    if (wish.source === 'screen') this.close();
    else if (phase === 'ready' || phase === 'failed') await this.preview();
  }

  /** Opens the chosen devices. */
  async preview(): Promise<void> {
    if (this.#context.door.obstacle() !== null || !this.#move('ask')) return;
    this.#closeCapture();
    this.view.patch({ problem: null });
    try {
      const capture = await this.#open();
      this.view.patch({ capture });
      this.#move('granted');
    } catch (error) {
      const { problem } = asCaptureError(error);
      this.view.patch({ problem });
      this.#move(problem.code === 'cancelled' ? 'cancelled' : 'denied');
    }
    void this.#readDevices();
  }

  /** Starts a new recording, asking for permission first where that is still to do. */
  async record(): Promise<void> {
    if (this.view.value.phase === 'done') this.close();
    if (this.view.value.phase !== 'ready') await this.preview();
    const { capture } = this.view.value;
    if (this.view.value.phase !== 'ready' || capture === null) return;
    this.#nextIndex = 0;
    this.#nextRun = 0;
    this.#time = new MediaClock();
    if (!this.#startRun(capture)) return;
    await this.#startUpload();
  }

  /** Goes on after a device was lost: the same session, another run. */
  async goOn(): Promise<void> {
    if (this.view.value.phase !== 'lost') return;
    this.view.patch({ problem: null });
    try {
      const capture = await this.#open();
      this.view.patch({ capture });
      this.#startRun(capture);
    } catch (error) {
      this.view.patch({ problem: asCaptureError(error).problem });
    }
    void this.#readDevices();
  }

  /** Ends the recording and brings the rest of it to safety. */
  async stop(): Promise<void> {
    const upload = this.#upload;
    if (upload === null || !this.#move('stop')) return;
    await this.#endRun();
    this.#closeCapture();
    await upload.complete();
    if (this.#upload === upload) this.#move('saved');
  }

  /** Turns the devices off, or puts a finished recording aside. */
  close(): void {
    if (!this.#move('close')) return;
    this.#closeCapture();
    this.view.patch({ problem: null, upload: null, progress: null, elapsedMillis: 0, title: '' });
  }

  dispose(): void {
    this.#stopListening();
    this.#ticking();
    this.#closeCapture();
  }

  async #open(): Promise<Capture> {
    const capture = await this.#context.door.open(this.view.value.wish);
    capture.onLost((loss) => void this.#lose(loss));
    return capture;
  }

  #startRun(capture: Capture): boolean {
    const run = this.#nextRun;
    this.#time.beginRun(this.#now());
    try {
      this.#run = capture.record((bytes) => this.#take(run, bytes));
    } catch (error) {
      this.view.patch({ problem: asCaptureError(error).problem });
      this.#move('lose');
      this.#closeCapture();
      return false;
    }
    this.#nextRun = run + 1;
    this.view.patch({ loss: null, problem: null });
    this.#move('start');
    this.#tick();
    return true;
  }

  async #startUpload(): Promise<void> {
    const { upload: context, claims, newLocalId } = this.#context;
    const localId = newLocalId();
    const upload = new RecordingUpload(context, {
      localId,
      title: this.view.value.title.trim(),
      mimeType: this.#run?.mimeType ?? '',
      createdMillis: this.#now(),
      session: null,
      chunks: 0,
      stopped: false,
    });
    this.#upload = upload;
    const isCurrent = () => this.#upload === upload;
    upload.view.subscribe((view) => isCurrent() && this.view.patch({ upload: view }));
    upload.uploader.progress.subscribe((progress) => isCurrent() && this.view.patch({ progress }));
    this.view.patch({ upload: upload.view.value, progress: upload.uploader.progress.value });
    await claims.claim(localId);
    await upload.open();
  }

  #take(run: number, bytes: Blob): void {
    const chunk: Chunk = { index: this.#nextIndex, run, bytes, ...this.#time.takeChunk(this.#now()) };
    this.#nextIndex += 1;
    this.#upload?.add(chunk);
  }

  async #lose(loss: Loss): Promise<void> {
    const { phase } = this.view.value;
    if (phase === 'ready') {
      this.#closeCapture();
      this.view.patch({ problem: lostPreview });
      this.#move('lose');
    }
    if (phase !== 'recording') return;
    // Whoever ends the sharing in the browser's own bar means to stop.
    if (loss === 'shared') return this.stop();
    this.view.patch({ loss });
    this.#move('lose');
    await this.#endRun();
    this.#closeCapture();
  }

  async #endRun(): Promise<void> {
    const run = this.#run;
    if (run === null) return;
    this.#run = null;
    this.#ticking();
    this.#time.endRun(this.#now());
    await run.stop();
    this.view.patch({ elapsedMillis: this.#time.millis(this.#now()) });
  }

  #tick(): void {
    this.#ticking();
    this.view.patch({ elapsedMillis: this.#time.millis(this.#now()) });
    this.#ticking = this.#context.upload.world.clock.after(tickMillis, () => this.#tick());
  }

  #now(): number {
    return this.#context.upload.world.clock.nowMillis();
  }

  #closeCapture(): void {
    this.view.value.capture?.close();
    this.view.patch({ capture: null });
  }

  async #readDevices(): Promise<void> {
    const devices = await this.#context.door.devices().catch(() => []);
    this.view.patch({ devices });
  }

  #move(by: Move): boolean {
    const next = move(this.view.value.phase, by);
    if (next !== undefined) this.view.patch({ phase: next });
    return next !== undefined;
  }
}

const lostPreview: CaptureProblem = {
  code: 'no-device',
  title: 'The device is gone',
  advice: 'Plug it in again, or choose another one, and press “Try again”.',
};

function asCaptureError(error: unknown): CaptureError {
  if (error instanceof CaptureError) return error;
  return new CaptureError({
    code: 'unknown',
    title: 'Recording could not be started',
    advice: error instanceof Error ? error.message : String(error),
  });
}
