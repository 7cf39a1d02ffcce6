import type { Engine } from './engine';

/** The part of a video element that the player reads and moves. */
export interface Surface {
  readonly paused: boolean;
  readonly ended: boolean;
  readonly seeking: boolean;
  readonly readyState: number;
  readonly duration: number;
  readonly buffered: TimeRanges;
  readonly seekable: TimeRanges;
  currentTime: number;
  volume: number;
  muted: boolean;
  playbackRate: number;
  play(): Promise<void>;
  pause(): void;
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

export interface PlayerView {
  paused: boolean;
  ended: boolean;
  /** Wants to play and has nothing to show. */
  waiting: boolean;
  /** Has shown a first picture. */
  started: boolean;
  currentSeconds: number;
  /** Beginning of what can be watched now: a camera's history moves on. */
  startSeconds: number;
  /** End of what can be watched now. */
  endSeconds: number;
  bufferedSeconds: number;
  volume: number;
  muted: boolean;
  rate: number;
  live: boolean;
  /** Whether the beginning moves on. */
  sliding: boolean;
  /** Whether only the time of day says which place is meant: there is no beginning to count from. */
  byClock: boolean;
  /** When what is shown was recorded, in milliseconds since 1970; null where nobody knows. */
  clockMillis: number | null;
  /** Watching as it happens rather than something from before. */
  atLive: boolean;
  /** How much later live is than what is shown; 0 when not live. */
  behindLiveSeconds: number;
  /** The browser wants a click before it plays with sound. */
  needsClick: boolean;
  trouble: 'waiting' | 'broken' | null;
}

type Reading = Pick<
  PlayerView,
  | 'paused'
  | 'ended'
  | 'waiting'
  | 'started'
  | 'currentSeconds'
  | 'startSeconds'
  | 'endSeconds'
  | 'bufferedSeconds'
  | 'volume'
  | 'muted'
  | 'sliding'
  | 'clockMillis'
  | 'atLive'
  | 'behindLiveSeconds'
>;

export const haveCurrentData = 2;
const haveFutureData = 3;
/** Nearer to live than this counts as live: playlists come in steps, and no badge should flicker. */
const liveToleranceSeconds = 6;
/** How each state is read. */
const readings: { [K in keyof Reading]: (surface: Surface, engine: Engine) => Reading[K] } = {
  paused: (s) => s.paused,
  ended: (s) => s.ended,
  waiting: (s) => !s.paused && !s.ended && s.readyState < haveFutureData,
  started: (s) => s.readyState >= haveCurrentData,
  currentSeconds: (s) => s.currentTime,
  startSeconds: (_, engine) => engine.startSeconds(),
  endSeconds: (s) => endOf(s),
  bufferedSeconds: (s) => bufferedUntil(s),
  volume: (s) => s.volume,
  muted: (s) => s.muted || s.volume === 0,
  sliding: (_, engine) => engine.sliding(),
  clockMillis: (s, engine) => engine.clockMillis(s.currentTime),
  atLive: (s, engine) => {
    const live = engine.liveSeconds();
    return live !== null && s.currentTime >= live - liveToleranceSeconds;
  },
  behindLiveSeconds: (s, engine) => Math.max(0, (engine.liveSeconds() ?? 0) - s.currentTime),
};

/** After which events to read again. */
export const events = [
  'play',
  'playing',
  'pause',
  'ended',
  'waiting',
  'seeking',
  'seeked',
  'timeupdate',
  'durationchange',
  'loadeddata',
  'canplay',
  'progress',
  'volumechange',
  'ratechange',
  'emptied',
];

export const nothingYet: PlayerView = {
  paused: true,
  ended: false,
  waiting: false,
  started: false,
  currentSeconds: 0,
  startSeconds: 0,
  endSeconds: 0,
  bufferedSeconds: 0,
  volume: 1,
  muted: false,
  rate: 1,
  live: false,
  sliding: false,
  byClock: false,
  clockMillis: null,
  atLive: false,
  behindLiveSeconds: 0,
  needsClick: false,
  trouble: null,
};

/** What there is to see of it now. */
export function readSurface(surface: Surface, engine: Engine): Reading {
  return Object.fromEntries(
    Object.entries(readings).map(([key, read]) => [key, read(surface, engine)]),
  ) as unknown as Reading;
}

export function endOf(surface: Surface): number {
  if (Number.isFinite(surface.duration)) return surface.duration;
  const { seekable } = surface;
  return seekable.length > 0 ? seekable.end(seekable.length - 1) : 0;
}

function bufferedUntil(surface: Surface): number {
  const { buffered, currentTime } = surface;
  for (let n = 0; n < buffered.length; n++) {
    if (buffered.start(n) <= currentTime + 0.1 && currentTime <= buffered.end(n)) return buffered.end(n);
  }
  return currentTime;
}
