import { describe, expect, it } from 'vitest';
import { Backoff } from './backoff';

describe('Backoff', () => {
  it('doubles up to ten seconds', () => {
    const backoff = new Backoff(() => 1);
    const delays = Array.from({ length: 7 }, () => backoff.failed());
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it('takes half of it by chance, so that recorders do not come back in step', () => {
    expect(new Backoff(() => 0).failed()).toBe(250);
  });

  it('waits at least as long as the server asks, but never more than a minute', () => {
    const backoff = new Backoff(() => 0);
    expect(backoff.failed(7_000)).toBe(7_000);
    expect(backoff.failed(3_600_000)).toBe(60_000);
  });

  it('starts over after a success', () => {
    const backoff = new Backoff(() => 1);
    backoff.failed();
    backoff.failed();
    backoff.succeeded();
    expect(backoff.failed()).toBe(500);
  });
});
