import { type Cancel, Store } from '../store';
import { type Engine, noEngine } from './engine';
import { followStep } from './follow';
import {
  endOf,
  events,
  haveCurrentData,
  nothingYet,
  type PlayerView,
  readSurface,
  type Surface,
} from './playerView';

/** Nearer than this it is live that is meant, and not what happened a moment ago. */
const nearSeconds = 1.5;
/** So far from a beginning that moves on that it does not overtake the viewer at once. */
const startMarginSeconds = 6;

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
  engine: Engine;
  play(): void;
}

/** What each request does. */
const deeds: { [K in keyof Requests]: (hands: Hands, value: Requests[K]) => void } = {
  toggle: ({ surface, play }) => (surface.paused ? play() : surface.pause()),
  play: ({ play }) => play(),
  pause: ({ surface }) => surface.pause(),
  seekToSeconds: ({ surface, engine }, seconds) => seek(surface, engine, seconds),
  skipSeconds: ({ surface, engine }, seconds) => seek(surface, engine, surface.currentTime + seconds),
  live: ({ surface, engine, play }) => {
    const live = engine.liveSeconds();
    if (live !== null) seek(surface, engine, live);
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

/** The player's state and the only way to change it. Elements subscribe and ask. */
export class PlayerStore {
  readonly view = new Store<PlayerView>(nothingYet);
  #surface: Surface | null = null;
  #engine: Engine = noEngine;
  /** Whether the viewer means live, rather than a place behind it. */
  #following = true;
  readonly #camera: boolean;

  /** @param camera whether it plays what goes on around the clock, also where nothing is dropped */
  constructor(camera = false) {
    this.#camera = camera;
  }

  /** Reads and moves this surface until the returned function is called. */
  attach(surface: Surface): Cancel {
    this.#surface = surface;
    const read = () => this.#read();
    const keepUp = () => this.#keepUp();
    for (const event of events) surface.addEventListener(event, read);
    surface.addEventListener('timeupdate', keepUp);
    this.#read();
    return () => {
      for (const event of events) surface.removeEventListener(event, read);
      surface.removeEventListener('timeupdate', keepUp);
      this.#surface = null;
    };
  }

  setEngine(engine: Engine | null): void {
    this.#engine = engine ?? noEngine;
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
    if (what === 'rate') this.view.patch({ rate: surface.playbackRate });
    this.#read();
    if (moves.has(what)) this.#following = this.#isNearLive(surface);
  }

  /** When what is at a place was recorded; null where nobody knows. */
  clockMillisAt(seconds: number): number | null {
    return this.#engine.clockMillis(seconds);
  }

  #play(surface: Surface): void {
    this.view.patch({ needsClick: false });
    this.#stayInside(surface);
    surface.play().catch((error: unknown) => {
      const blocked = error instanceof Error && error.name === 'NotAllowedError';
      if (blocked) this.view.patch({ needsClick: true });
    });
  }

  #read(): void {
    const surface = this.#surface;
    if (surface === null) return;
    const reading = readSurface(surface, this.#engine);
    this.view.patch({ ...reading, byClock: this.#camera || reading.sliding });
  }

  /** What time alone makes necessary, while it plays. */
  #keepUp(): void {
    const surface = this.#surface;
    if (surface === null || surface.paused || surface.seeking || surface.readyState < haveCurrentData) return;
    if (!this.view.value.byClock) return;
    this.#stayInside(surface);
    const live = this.#engine.liveSeconds();
    if (live === null || !this.#following || this.view.value.rate !== 1) return;
    const step = followStep(live - surface.currentTime, surface.playbackRate);
    if (step === 'jump') seek(surface, this.#engine, live);
    const rate = step === 'jump' ? 1 : step.rate;
    if (rate !== surface.playbackRate) surface.playbackRate = rate;
  }

  #isNearLive(surface: Surface): boolean {
    const live = this.#engine.liveSeconds();
    return live !== null && !surface.paused && surface.currentTime > live - nearSeconds;
  }

  /** Where the oldest was dropped, what is the oldest now goes on. */
  #stayInside(surface: Surface): void {
    if (surface.currentTime < this.#engine.startSeconds()) seek(surface, this.#engine, surface.currentTime);
  }
}

/** After these, a viewer may mean another place than live, or live again. */
const moves: ReadonlySet<keyof Requests> = new Set([
  'toggle',
  'pause',
  'seekToSeconds',
  'skipSeconds',
  'live',
]);

function seek(surface: Surface, engine: Engine, seconds: number): void {
  const end = endOf(surface);
  const start = engine.startSeconds();
  const margin = engine.sliding() && start > 0 ? startMarginSeconds : 0;
  surface.currentTime = Math.min(Math.max(start + margin, seconds), end);
}
