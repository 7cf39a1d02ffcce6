import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../testing/manualClock';
import { noEngine } from './engine';
import { type Key, onPlayerKey } from './keys';
import { PlayerStore } from './playerStore';
import type { Surface } from './playerView';

function ranges(...spans: [number, number][]): TimeRanges {
  const at = (n: number) => spans[n] ?? [0, 0];
  return { length: spans.length, start: (n) => at(n)[0], end: (n) => at(n)[1] };
}

class FakeSurface implements Surface {
  paused = true;
  ended = false;
  seeking = false;
  readyState = 4;
  duration = 60;
  buffered = ranges([0, 10], [20, 30]);
  seekable = ranges([0, 60]);
  currentTime = 0;
  volume = 1;
  muted = false;
  playbackRate = 1;
  playFails: Error | null = null;
  readonly #listeners = new Map<string, Set<() => void>>();

  async play(): Promise<void> {
    if (this.playFails) throw this.playFails;
    this.paused = false;
    this.happen('play');
  }

  pause(): void {
    this.paused = true;
    this.happen('pause');
  }

  addEventListener(type: string, listener: () => void): void {
    const set = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, set.add(listener));
  }

  removeEventListener(type: string, listener: () => void): void {
    this.#listeners.get(type)?.delete(listener);
  }

  happen(type: string): void {
    for (const listener of this.#listeners.get(type) ?? []) listener();
  }
}

describe('PlayerStore', () => {
  let surface: FakeSurface;
  let player: PlayerStore;
  let live: number | null;
  const view = () => player.view.value;

  beforeEach(() => {
    surface = new FakeSurface();
    player = new PlayerStore();
    live = null;
    player.attach(surface);
    player.setEngine({ ...noEngine, liveSeconds: () => live });
  });

  it('reads the surface after each event', () => {
    surface.currentTime = 22;
    surface.happen('timeupdate');
    expect(view()).toMatchObject({ currentSeconds: 22, endSeconds: 60, bufferedSeconds: 30, started: true });
    surface.currentTime = 15;
    surface.happen('seeked');
    expect(view().bufferedSeconds).toBe(15);
  });

  it('takes the end of what can be sought when the length is not known yet', () => {
    surface.duration = Number.POSITIVE_INFINITY;
    surface.seekable = ranges([0, 42]);
    surface.happen('durationchange');
    expect(view().endSeconds).toBe(42);
  });

  it('waits only while it wants to play and cannot', () => {
    surface.readyState = 1;
    surface.happen('waiting');
    expect(view().waiting).toBe(false);
    player.ask('play');
    expect(view().waiting).toBe(true);
  });

  it('seeks within what there is', () => {
    player.ask('seekToSeconds', 70);
    expect(surface.currentTime).toBe(60);
    player.ask('skipSeconds', -100);
    expect(view().currentSeconds).toBe(0);
  });

  it('knows live from earlier, and the way back', async () => {
    live = 50;
    player.setLive(true);
    surface.currentTime = 47;
    surface.happen('timeupdate');
    expect(view().atLive).toBe(true);
    player.ask('seekToSeconds', 10);
    expect(view()).toMatchObject({ live: true, atLive: false, behindLiveSeconds: 40 });
    player.ask('live');
    await settle();
    expect(view()).toMatchObject({ currentSeconds: 50, atLive: true, paused: false });
    live = null;
    player.setLive(false);
    expect(view()).toMatchObject({ live: false, atLive: false });
  });

  it('asks for a click when the browser wants one', async () => {
    surface.playFails = Object.assign(new Error('no'), { name: 'NotAllowedError' });
    player.ask('play');
    await settle();
    expect(view().needsClick).toBe(true);
    surface.playFails = null;
    player.ask('play');
    await settle();
    expect(view()).toMatchObject({ needsClick: false, paused: false });
  });

  it('turns the sound up and off', () => {
    player.ask('volume', 1.4);
    expect(surface.volume).toBe(1);
    player.ask('volume', 0);
    expect(view().muted).toBe(true);
    player.ask('volume', 0.5);
    expect(view()).toMatchObject({ muted: false, volume: 0.5 });
    player.ask('mute');
    expect(view().muted).toBe(true);
  });

  describe('of a history that moves on', () => {
    let start: number;

    beforeEach(() => {
      start = 20;
      live = 57;
      player.setEngine({
        ...noEngine,
        liveSeconds: () => live,
        startSeconds: () => start,
        sliding: () => true,
        clockMillis: (seconds) => 1_000_000 + seconds * 1000,
      });
      surface.currentTime = 57;
      surface.paused = false;
    });

    it('shows what can be watched, and when it was', () => {
      surface.happen('timeupdate');
      expect(view()).toMatchObject({
        startSeconds: 20,
        endSeconds: 60,
        byClock: true,
        clockMillis: 1_057_000,
      });
      expect(player.clockMillisAt(30)).toBe(1_030_000);
    });

    it('seeks no farther back than there is something for a while', () => {
      player.ask('seekToSeconds', 3);
      expect(view().currentSeconds).toBe(26);
    });

    it('goes on with the oldest when the viewer’s place is dropped', () => {
      player.ask('seekToSeconds', 30);
      player.ask('pause');
      start = 40;
      surface.happen('timeupdate');
      expect(view().currentSeconds).toBe(30);
      player.ask('play');
      expect(surface.currentTime).toBe(46);
      start = 50;
      surface.happen('timeupdate');
      expect(surface.currentTime).toBe(56);
    });

    it('catches up with live, and keeps the viewer’s own pace in view', () => {
      surface.currentTime = 54;
      surface.happen('timeupdate');
      expect(surface.playbackRate).toBe(1.1);
      expect(view().rate).toBe(1);
      surface.currentTime = 57;
      surface.happen('timeupdate');
      expect(surface.playbackRate).toBe(1);
      surface.currentTime = 45;
      surface.happen('timeupdate');
      expect(surface.currentTime).toBe(57);
    });

    it('leaves whoever rewound, or chose a pace, where they are', () => {
      player.ask('skipSeconds', -4);
      surface.happen('timeupdate');
      expect(surface.playbackRate).toBe(1);
      player.ask('live');
      player.ask('rate', 0.75);
      surface.currentTime = 50;
      surface.happen('timeupdate');
      expect(surface).toMatchObject({ playbackRate: 0.75, currentTime: 50 });
    });
  });

  it('leaves a surface alone that it was detached from', () => {
    const other = new PlayerStore();
    const detach = other.attach(surface);
    detach();
    surface.currentTime = 9;
    surface.happen('timeupdate');
    other.ask('seekToSeconds', 1);
    expect(other.view.value.currentSeconds).toBe(0);
    expect(surface.currentTime).toBe(9);
  });

  describe('keys', () => {
    let prevented: boolean;
    const press = (key: string, fields: Partial<Key> = {}) => {
      prevented = false;
      const preventDefault = () => {
        prevented = true;
      };
      const event = {
        key,
        ctrlKey: false,
        metaKey: false,
        altKey: false,
        target: null,
        preventDefault,
        ...fields,
      };
      onPlayerKey(event, player, () => {});
    };

    it('play, pause, skip and go to both ends', async () => {
      press(' ');
      await settle();
      expect(view().paused).toBe(false);
      press('K');
      expect(view().paused).toBe(true);
      press('ArrowRight');
      press('l');
      expect(view().currentSeconds).toBe(15);
      press('End');
      expect(view().currentSeconds).toBe(60);
      press('Home');
      expect(view().currentSeconds).toBe(0);
      expect(prevented).toBe(true);
    });

    it('leave the browser’s own combinations alone', () => {
      press('ArrowRight', { altKey: true });
      press('x');
      expect(prevented).toBe(false);
      expect(view().currentSeconds).toBe(0);
    });
  });
});
