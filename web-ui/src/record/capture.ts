import type { Cancel } from '../store';

/** What is recorded. */
export type Source = 'camera' | 'screen' | 'sound';

export interface Device {
  id: string;
  kind: 'camera' | 'microphone';
  /** Empty until permission was given. */
  label: string;
}

/** Chosen devices; `default` leaves it to the browser, `none` goes without. */
export interface CaptureWish {
  source: Source;
  cameraId: string;
  microphoneId: string;
}

export const anyDevice = 'default';
export const noDevice = 'none';

/** Why nothing can be captured, in words; `cancelled` is no problem at all. */
export interface CaptureProblem {
  code:
    | 'insecure'
    | 'unsupported'
    | 'no-recorder'
    | 'denied'
    | 'denied-by-system'
    | 'no-device'
    | 'busy'
    | 'cancelled'
    | 'unknown';
  title: string;
  advice: string;
}

export class CaptureError extends Error {
  readonly problem: CaptureProblem;

  constructor(problem: CaptureProblem) {
    super(problem.title);
    this.problem = problem;
  }
}

/** What went away. `shared` is a screen whose sharing the person ended in the browser's own bar. */
export type Loss = 'camera' | 'microphone' | 'shared' | 'recorder';

/** An open camera, screen or microphone. Whoever opened it closes it. */
export interface Capture {
  readonly stream: MediaStream;
  readonly hasPicture: boolean;
  readonly hasSound: boolean;
  /** Loudness now, 0 to 1; 0 without a microphone. */
  level(): number;
  /** Told at most once, and not when closed. */
  onLost(listener: (loss: Loss) => void): void;
  /** Starts one run. Chunks arrive about once a second, the last one before `stop` resolves. */
  record(onChunk: (bytes: Blob) => void): CaptureRun;
  close(): void;
}

export interface CaptureRun {
  /** As the browser says it; known once the run has started. */
  readonly mimeType: string;
  /** Harmless when the browser has ended the run by itself. */
  stop(): Promise<void>;
}

/** The browser's media devices. */
export interface CaptureDoor {
  /** What keeps this page from recording at all, if anything. */
  obstacle(): CaptureProblem | null;
  devices(): Promise<Device[]>;
  onDevicesChanged(listener: () => void): Cancel;
  /** Throws {@link CaptureError}. */
  open(wish: CaptureWish): Promise<Capture>;
}
