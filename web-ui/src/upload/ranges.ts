import { ApiError } from '../api/problem';

/** Inclusive ranges of chunk indexes that the server misses, out of its 409; else none. */
export function missingRanges(error: unknown): [number, number][] {
  if (!(error instanceof ApiError) || error.status !== 409) return [];
  const { missing } = error.members;
  return Array.isArray(missing) ? missing.filter(isRange) : [];
}

export function contains(ranges: readonly (readonly [number, number])[], index: number): boolean {
  return ranges.some(([first, last]) => index >= first && index <= last);
}

function isRange(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((n) => Number.isSafeInteger(n));
}
