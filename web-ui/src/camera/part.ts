import type { PartWish } from '../api/shapes';

/** What somebody is about to save, as far as they have said. */
export interface PartDraft {
  title: string;
  kind: 'last' | 'between';
  minutes: number;
  /** In milliseconds since 1970. */
  fromMillis: number | null;
  toMillis: number | null;
}

export const firstDraft: PartDraft = {
  title: '',
  kind: 'last',
  minutes: 1,
  fromMillis: null,
  toMillis: null,
};

/** More than this is not saved at once. */
const longest = 180;
const steps = [1, 2, 5, 10, 15, 30, 60, 120, longest];

/**
 * How many minutes can be saved: all that is there, up to three hours, rounded up so that its beginning is not
 * lost; and of what is less, the usual amounts.
 *
 * @param thereSeconds how much can be watched
 * @param historySeconds how much there can be; 0 is everything
 */
export function minuteChoices(thereSeconds: number, historySeconds: number): number[] {
  const most = historySeconds === 0 ? Number.POSITIVE_INFINITY : Math.ceil(historySeconds / 60);
  const there = Math.min(most, Math.max(1, Math.ceil(thereSeconds / 60)));
  const usual = steps.filter((minutes) => minutes < there);
  return there <= longest ? [...usual, there] : usual;
}

/** What to ask for; null while something is missing, or the end is not behind the beginning. */
export function partWish(draft: PartDraft, defaultTitle: string): PartWish | null {
  const title = draft.title.trim() || defaultTitle;
  if (draft.kind === 'last') return { minutes: draft.minutes, title };
  const { fromMillis, toMillis } = draft;
  if (fromMillis === null || toMillis === null || toMillis <= fromMillis) return null;
  return { from: new Date(fromMillis).toISOString(), to: new Date(toMillis).toISOString(), title };
}
