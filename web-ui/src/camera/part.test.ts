import { describe, expect, it } from 'vitest';
import { firstDraft, minuteChoices, partWish } from './part';

describe('minuteChoices', () => {
  it('offers what is there, the last minute rounded up', () => {
    expect(minuteChoices(5, 86_400)).toEqual([1]);
    expect(minuteChoices(130, 86_400)).toEqual([1, 2, 3]);
    expect(minuteChoices(600, 86_400)).toEqual([1, 2, 5, 10]);
  });

  it('offers no more than the history', () => {
    expect(minuteChoices(125, 60)).toEqual([1]);
    expect(minuteChoices(0, 30)).toEqual([1]);
  });

  it('offers three hours at most', () => {
    expect(minuteChoices(900_000, 0).at(-1)).toBe(180);
    expect(minuteChoices(10_800, 86_400).filter((minutes) => minutes === 180)).toHaveLength(1);
  });
});

describe('partWish', () => {
  it('asks for the last minutes', () => {
    expect(partWish({ ...firstDraft, minutes: 5, title: ' Fox ' }, 'Door, today')).toEqual({
      minutes: 5,
      title: 'Fox',
    });
    expect(partWish(firstDraft, 'Door, today')).toEqual({ minutes: 1, title: 'Door, today' });
  });

  it('asks for what is between two places', () => {
    const draft = { ...firstDraft, kind: 'between', fromMillis: 0, toMillis: 61_000 } as const;
    expect(partWish(draft, 'Door')).toEqual({
      from: '1970-01-01T00:00:00.000Z',
      to: '1970-01-01T00:01:01.000Z',
      title: 'Door',
    });
    expect(partWish({ ...draft, toMillis: null }, 'Door')).toBeNull();
    expect(partWish({ ...draft, fromMillis: 61_000 }, 'Door')).toBeNull();
  });
});
