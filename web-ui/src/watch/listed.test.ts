import { describe, expect, it } from 'vitest';
import { clockMillisAt, readPlaylist } from './listed';

describe('clockMillisAt', () => {
  const parts = [
    { start: 10, duration: 2, programDateTime: 100_000 },
    { start: 12, duration: 2, programDateTime: 102_000 },
    // The camera was away for a minute.
    { start: 14, duration: 2, programDateTime: 164_000 },
  ];

  it('reckons from the part that the place is in', () => {
    expect(clockMillisAt(parts, 11.5)).toBe(101_500);
    expect(clockMillisAt(parts, 13.9)).toBe(103_900);
    expect(clockMillisAt(parts, 14)).toBe(164_000);
  });

  it('reckons from the nearest one outside', () => {
    expect(clockMillisAt(parts, 9)).toBe(99_000);
    expect(clockMillisAt(parts, 17)).toBe(167_000);
  });

  it('knows nothing where nothing is said', () => {
    expect(clockMillisAt([], 1)).toBeNull();
    expect(clockMillisAt([{ start: 0, duration: 2, programDateTime: null }], 1)).toBeNull();
  });
});

describe('readPlaylist', () => {
  const playlist = (head: string, ...seconds: number[]) =>
    `#EXTM3U\n#EXT-X-TARGETDURATION:10\n${head}${seconds.map((s, n) => `#EXTINF:${s.toFixed(3)},\n${n}.ts\n`).join('')}`;

  it('takes the longest segment for the target duration', () => {
    const { text } = readPlaylist(playlist('#EXT-X-PLAYLIST-TYPE:EVENT\n', 1, 3.6, 2));
    expect(text).toContain('#EXT-X-TARGETDURATION:4\n');
    expect(text).toContain('#EXTINF:3.600,\n1.ts\n');
  });

  it('never makes it longer than declared, nor less than a second', () => {
    expect(readPlaylist(playlist('', 11.2)).text).toContain('TARGETDURATION:10\n');
    expect(readPlaylist(playlist('', 0.2)).text).toContain('TARGETDURATION:1\n');
    expect(readPlaylist(playlist('')).text).toBe(playlist(''));
  });

  it('keeps a camera two and a half segments behind, and three seconds at least', () => {
    expect(readPlaylist(playlist('', 2, 2, 2)).liveDelaySeconds).toBeCloseTo(5);
    expect(readPlaylist(playlist('', 0.5, 0.5)).liveDelaySeconds).toBe(3);
  });

  it('leaves to the player what does not slide', () => {
    expect(readPlaylist(playlist('#EXT-X-PLAYLIST-TYPE:EVENT\n', 2)).liveDelaySeconds).toBeUndefined();
    expect(readPlaylist(`${playlist('', 2)}#EXT-X-ENDLIST\n`).liveDelaySeconds).toBeUndefined();
  });
});
