import { describe, expect, it } from 'vitest';
import { clockTime, fileSize, momentInWords, processingWords, roughTime, spokenTime, titleOf } from './words';

describe('words', () => {
  it.each([
    [200, 'about 5 seconds'],
    [41_000, 'about 45 seconds'],
    [60_000, 'about 1 minute'],
    [125_000, 'about 2 minutes'],
    [3_600_000 * 3, 'about 3 hours'],
  ])('%i ms take %s', (millis, text) => expect(roughTime(millis)).toBe(text));

  it('says how far a file is, and whether one has to wait', () => {
    const processing = { progress: 0.436, remainingMillis: 120_000 };
    expect(processingWords({ processing, durationMillis: 9_000 })).toBe(
      'Getting ready: 43 %, about 2 minutes left; it can be watched already.',
    );
    expect(processingWords({ processing: { progress: 0 }, durationMillis: 0 })).toBe('Getting ready: 0 %.');
    expect(processingWords({ durationMillis: 9_000 })).toBe('');
  });

  it.each([
    [0, '0:00'],
    [59_999, '0:59'],
    [65_000, '1:05'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('%i ms is %s on a clock', (millis, text) => expect(clockTime(millis)).toBe(text));

  it.each([
    [0, '0 seconds'],
    [1000, '1 second'],
    [3_605_000, '1 hour 5 seconds'],
  ])('%i ms is spoken as %s', (millis, text) => expect(spokenTime(millis)).toBe(text));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [3_440_000, '3.4 MB'],
    [999_600, '1.0 MB'],
    [123_456_789, '123 MB'],
  ])('%i bytes are %s', (bytes, text) => expect(fileSize(bytes)).toBe(text));

  it('says today and yesterday by the calendar, not by hours', () => {
    const now = new Date(2026, 10, 21, 0, 30);
    expect(momentInWords(new Date(2026, 10, 21, 0, 5).getTime(), now, 'en-GB')).toBe('Today, 0:05');
    expect(momentInWords(new Date(2026, 10, 20, 23, 59).getTime(), now, 'en-GB')).toBe('Yesterday, 23:59');
    expect(momentInWords(new Date(2026, 10, 19, 9, 0).getTime(), now, 'en-GB')).toBe('19 Nov 2026, 9:00');
  });

  it('calls what has no title by its time', () => {
    const createdAt = new Date(2026, 10, 21, 9, 5).toISOString();
    expect(titleOf({ title: ' ', createdAt }, new Date(2026, 10, 21))).toMatch(/^Recording · Today, /);
    expect(titleOf({ title: 'Talk', createdAt })).toBe('Talk');
  });
});
