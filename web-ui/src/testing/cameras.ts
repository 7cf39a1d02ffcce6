import type { Camera } from '../api/shapes';

/** A camera as the doors tell it, online unless said otherwise. */
export function camera(fields: Partial<Camera> = {}): Camera {
  return {
    id: 'c1',
    name: 'Door',
    url: 'rtsp://me:***@192.168.1.20/stream',
    segmentSeconds: 2,
    historySeconds: 86_400,
    sessionId: 's1',
    state: 'online',
    since: '2026-11-21T10:00:00Z',
    problem: null,
    retryAt: null,
    lastBytesAt: '2026-11-21T12:00:00Z',
    createdAt: '2026-11-21T10:00:00Z',
    playlistUrl: '/hls/s1/master.m3u8',
    watchUrl: '/watch/s1',
    ...fields,
  };
}
