import type { Session } from '../api/shapes';

/** A session as the doors tell it, ready unless said otherwise. */
export function session(fields: Partial<Session> = {}): Session {
  return {
    id: 's1',
    title: 'A talk',
    state: 'ready',
    createdAt: '2026-11-21T10:00:00Z',
    durationMillis: 10_000,
    safeUntilMillis: 10_000,
    renditions: [{ name: '720p', widthPixels: 1280, heightPixels: 720 }],
    gaps: [],
    exports: [],
    playlistUrl: '/hls/s1/master.m3u8',
    watchUrl: '/watch/s1',
    sourceUrl: '/media/s1/source',
    ...fields,
  };
}
