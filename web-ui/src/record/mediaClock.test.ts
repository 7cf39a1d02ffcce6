import { describe, expect, it } from 'vitest';
import { MediaClock } from './mediaClock';

describe('MediaClock', () => {
  it('cuts the time of a run into its chunks', () => {
    const clock = new MediaClock();
    clock.beginRun(100);
    expect(clock.takeChunk(1100)).toEqual({ startMillis: 0, endMillis: 1000 });
    expect(clock.takeChunk(2150)).toEqual({ startMillis: 1000, endMillis: 2050 });
    expect(clock.millis(2500)).toBe(2400);
  });

  it('counts a late last chunk only up to the stop', () => {
    const clock = new MediaClock();
    clock.beginRun(0);
    clock.endRun(1500);
    expect(clock.takeChunk(4000)).toEqual({ startMillis: 0, endMillis: 1500 });
    expect(clock.takeChunk(4100)).toEqual({ startMillis: 1500, endMillis: 1500 });
  });

  it('stands still between runs and goes on where it stood', () => {
    const clock = new MediaClock();
    expect(clock.millis(7)).toBe(0);
    clock.beginRun(0);
    clock.endRun(1000);
    clock.takeChunk(1000);
    expect(clock.millis(60_000)).toBe(1000);
    clock.beginRun(60_000);
    expect(clock.takeChunk(61_000)).toEqual({ startMillis: 1000, endMillis: 2000 });
  });
});
