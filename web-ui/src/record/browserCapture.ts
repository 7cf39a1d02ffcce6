import type { Cancel } from '../store';
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
  noDevice,
} from './capture';
import { chooseMimeType } from './mimeType';
import { captureProblem, insecure, noRecorder, unsupported } from './problems';
import { LevelMeter, mixed } from './sound';

/** A chunk a second; keyframes every other second, so that every 2 s window starts near one. */
const timesliceMillis = 1000;
const keyFrameIntervalMillis = 2000;
const videoBitsPerSecond = { camera: 2_500_000, screen: 3_000_000, sound: 0 };
const audioBitsPerSecond = 128_000;

/** In Chromium, but not yet in the types. Browsers that do not know it ignore it. */
interface RecorderOptions extends MediaRecorderOptions {
  videoKeyFrameIntervalDuration?: number;
}

export const browserCapture: CaptureDoor = {
  obstacle(): CaptureProblem | null {
    if (!isSecureContext) return insecure;
    if (navigator.mediaDevices?.getUserMedia === undefined || typeof MediaRecorder === 'undefined') {
      return unsupported;
    }
    const both = { hasPicture: true, hasSound: true };
    return chooseMimeType(both, (type) => MediaRecorder.isTypeSupported(type)) ? null : noRecorder;
  },

  async devices(): Promise<Device[]> {
    const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    return all.flatMap((info): Device[] => {
      if (info.deviceId === '' || info.deviceId === anyDevice) return [];
      if (info.kind === 'videoinput') return [{ id: info.deviceId, kind: 'camera', label: info.label }];
      if (info.kind === 'audioinput') return [{ id: info.deviceId, kind: 'microphone', label: info.label }];
      return [];
    });
  },

  onDevicesChanged(listener: () => void): Cancel {
    navigator.mediaDevices?.addEventListener?.('devicechange', listener);
    return () => navigator.mediaDevices?.removeEventListener?.('devicechange', listener);
  },

  async open(wish: CaptureWish): Promise<Capture> {
    let shared: MediaStreamTrack[] = [];
    try {
      // The screen first: asking for it needs the click that is still fresh.
      if (wish.source === 'screen') shared = await screenTracks();
      return new BrowserCapture(wish, shared, await deviceTracks(wish));
    } catch (error) {
      for (const track of shared) track.stop();
      throw new CaptureError(captureProblem(error, wish));
    }
  },
};

async function screenTracks(): Promise<MediaStreamTrack[]> {
  const stream = await navigator.mediaDevices.getDisplayMedia({
    video: { frameRate: { ideal: 30, max: 30 }, width: { max: 1920 }, height: { max: 1080 } },
    audio: true,
  });
  return stream.getTracks();
}

async function deviceTracks(wish: CaptureWish): Promise<MediaStreamTrack[]> {
  const microphone = wish.microphoneId !== noDevice && {
    ...chosen(wish.microphoneId),
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
  };
  const camera = wish.source === 'camera' && {
    ...chosen(wish.cameraId),
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30, max: 30 },
  };
  if (!microphone && !camera) return [];
  const stream = await navigator.mediaDevices.getUserMedia({ audio: microphone, video: camera });
  return stream.getTracks();
}

function chosen(id: string): MediaTrackConstraints {
  return id === anyDevice ? {} : { deviceId: { exact: id } };
}

class BrowserCapture implements Capture {
  readonly stream: MediaStream;
  readonly hasPicture: boolean;
  readonly hasSound: boolean;
  readonly #source: CaptureWish['source'];
  readonly #opened: MediaStreamTrack[];
  readonly #meter: LevelMeter | null;
  readonly #mix: { track: MediaStreamTrack; close(): void } | null;
  #lost: ((loss: Loss) => void) | null = null;
  #closed = false;

  constructor(wish: CaptureWish, shared: MediaStreamTrack[], devices: MediaStreamTrack[]) {
    this.#source = wish.source;
    this.#opened = [...shared, ...devices];
    const pictures = this.#opened.filter((track) => track.kind === 'video');
    const sounds = this.#opened.filter((track) => track.kind === 'audio');
    // MediaRecorder takes one sound track: the screen's own sound and the microphone become one.
    this.#mix = sounds.length > 1 ? mixed(sounds) : null;
    this.stream = new MediaStream([...pictures, ...(this.#mix ? [this.#mix.track] : sounds)]);
    this.hasPicture = pictures.length > 0;
    this.hasSound = sounds.length > 0;
    this.#meter = this.hasSound ? new LevelMeter(this.stream) : null;
    for (const track of shared) track.addEventListener('ended', () => this.#lose('shared'));
    for (const track of devices) {
      const loss = track.kind === 'audio' ? 'microphone' : 'camera';
      track.addEventListener('ended', () => this.#lose(loss));
    }
  }

  level(): number {
    return this.#meter?.level() ?? 0;
  }

  onLost(listener: (loss: Loss) => void): void {
    this.#lost = listener;
  }

  record(onChunk: (bytes: Blob) => void): CaptureRun {
    const options: RecorderOptions = {
      mimeType: chooseMimeType(this, (type) => MediaRecorder.isTypeSupported(type)) ?? '',
      videoBitsPerSecond: videoBitsPerSecond[this.#source],
      audioBitsPerSecond,
      videoKeyFrameIntervalDuration: keyFrameIntervalMillis,
    };
    const recorder = new MediaRecorder(this.stream, options);
    const stopped = new Promise<void>((resolve) => recorder.addEventListener('stop', () => resolve()));
    recorder.addEventListener('dataavailable', (event) => onChunk(event.data));
    recorder.addEventListener('error', () => this.#lose('recorder'));
    recorder.start(timesliceMillis);
    return {
      get mimeType() {
        return recorder.mimeType || (options.mimeType ?? '');
      },
      stop: async () => {
        if (recorder.state !== 'inactive') recorder.stop();
        await stopped;
      },
    };
  }

  close(): void {
    this.#closed = true;
    this.#meter?.close();
    this.#mix?.close();
    for (const track of [...this.#opened, ...this.stream.getTracks()]) track.stop();
  }

  #lose(loss: Loss): void {
    if (this.#closed) return;
    this.#lost?.(loss);
    this.#lost = null;
  }
}
