import { type Cancel, Store } from '../store';
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
  /** End of what can be watched now. */
  endSeconds: number;
  bufferedSeconds: number;
  volume: number;
  muted: boolean;
  rate: number;
  live: boolean;
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
  | 'endSeconds'
  | 'bufferedSeconds'
  | 'volume'
  | 'muted'
  | 'rate'
  | 'atLive'
  | 'behindLiveSeconds'
>;

const haveCurrentData = 2;
const haveFutureData = 3;
/** Nearer to live than this counts as live: playlists come in steps, and no badge should flicker. */
const liveToleranceSeconds = 6;

/** How each state is read. */
const readings: { [K in keyof Reading]: (surface: Surface, engine: Engine | null) => Reading[K] } = {
  paused: (s) => s.paused,
  ended: (s) => s.ended,
  waiting: (s) => !s.paused && !s.ended && s.readyState < haveFutureData,
  started: (s) => s.readyState >= haveCurrentData,
  currentSeconds: (s) => s.currentTime,
  endSeconds: (s) => endOf(s),
  bufferedSeconds: (s) => bufferedUntil(s),
  volume: (s) => s.volume,
  muted: (s) => s.muted || s.volume === 0,
  rate: (s) => s.playbackRate,
  atLive: (s, engine) => {
    const live = engine?.liveSeconds() ?? null;
    return live !== null && s.currentTime >= live - liveToleranceSeconds;
  },
  behindLiveSeconds: (s, engine) => Math.max(0, (engine?.liveSeconds() ?? 0) - s.currentTime),
};

/** After which events to read again. */
const events = [
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

/** Everything a viewer can ask for, and with which number. */
export interface Requests {
  toggle: undefined;
  play: undefined;
  pause: undefined;
  seekToSeconds: number;
  skipSeconds: number;
  live: undefined;
  /** 0 to 1. */
  volume: number;
  mute: undefined;
  rate: number;
}

interface Hands {
  surface: Surface;
  engine: Engine | null;
  play(): void;
}

/** What each request does. */
const deeds: { [K in keyof Requests]: (hands: Hands, value: Requests[K]) => void } = {
  toggle: ({ surface, play }) => (surface.paused ? play() : surface.pause()),
  play: ({ play }) => play(),
  pause: ({ surface }) => surface.pause(),
  seekToSeconds: ({ surface }, seconds) => seek(surface, seconds),
  skipSeconds: ({ surface }, seconds) => seek(surface, surface.currentTime + seconds),
  live: ({ surface, engine, play }) => {
    const live = engine?.liveSeconds() ?? null;
    if (live !== null) seek(surface, live);
    play();
  },
  volume: ({ surface }, volume) => {
    surface.volume = Math.min(1, Math.max(0, volume));
    surface.muted = surface.volume === 0;
  },
  mute: ({ surface }) => {
    surface.muted = !surface.muted;
  },
  rate: ({ surface }, rate) => {
    surface.playbackRate = rate;
  },
};

const nothingYet: PlayerView = {
  paused: true,
  ended: false,
  waiting: false,
  started: false,
  currentSeconds: 0,
  endSeconds: 0,
  bufferedSeconds: 0,
  volume: 1,
  muted: false,
  rate: 1,
  live: false,
  atLive: false,
  behindLiveSeconds: 0,
  needsClick: false,
  trouble: null,
};

/** The player's state and the only way to change it. Elements subscribe and ask. */
export class PlayerStore {
  readonly view = new Store<PlayerView>(nothingYet);
  #surface: Surface | null = null;
  #engine: Engine | null = null;

  /** Reads and moves this surface until the returned function is called. */
  attach(surface: Surface): Cancel {
    this.#surface = surface;
    const read = () => this.#read();
    for (const event of events) surface.addEventListener(event, read);
    this.#read();
    return () => {
      for (const event of events) surface.removeEventListener(event, read);
      this.#surface = null;
    };
  }

  setEngine(engine: Engine | null): void {
    this.#engine = engine;
    this.#read();
  }

  setLive(live: boolean): void {
    this.view.patch({ live });
    this.#read();
  }

  setTrouble(trouble: PlayerView['trouble']): void {
    this.view.patch({ trouble });
  }

  ask<K extends keyof Requests>(
    what: K,
    ...[value]: Requests[K] extends undefined ? [] : [Requests[K]]
  ): void {
    const surface = this.#surface;
    if (surface === null) return;
    deeds[what]({ surface, engine: this.#engine, play: () => this.#play(surface) }, value as Requests[K]);
    this.#read();
  }

  #play(surface: Surface): void {
    this.view.patch({ needsClick: false });
    surface.play().catch((error: unknown) => {
      const blocked = error instanceof Error && error.name === 'NotAllowedError';
      if (blocked) this.view.patch({ needsClick: true });
    });
  }

  #read(): void {
    const surface = this.#surface;
    if (surface === null) return;
    const reading = Object.fromEntries(
      Object.entries(readings).map(([key, read]) => [key, read(surface, this.#engine)]),
    ) as unknown as Reading;
    this.view.patch(reading);
  }
}

function seek(surface: Surface, seconds: number): void {
  surface.currentTime = Math.min(Math.max(0, seconds), endOf(surface));
}

function endOf(surface: Surface): number {
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
