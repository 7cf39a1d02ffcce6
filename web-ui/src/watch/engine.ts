/** What a player engine finds out that the video element does not tell. */
export interface EngineNews {
  /** Whether the playlist may still grow. */
  onLive(live: boolean): void;
  /** Something is missing for now (`waiting`) or for good (`broken`); null once all is well again. */
  onTrouble(trouble: 'waiting' | 'broken' | null): void;
}

/** Feeds one video element from one playlist. */
export interface Engine {
  /** Where live is watched: a few seconds before the end; null when not live. */
  liveSeconds(): number | null;
  close(): void;
}

/** Starts the engine that fits the browser: hls.js where it runs, else the browser's own HLS. */
export async function openEngine(
  video: HTMLVideoElement,
  playlistUrl: string,
  news: EngineNews,
): Promise<Engine> {
  const { hlsRunsHere, openHls } = await import('./hlsEngine');
  return hlsRunsHere() ? openHls(video, playlistUrl, news) : openNative(video, playlistUrl, news);
}

/** How far behind the end native players are brought when asked for live. */
const nativeDelaySeconds = 6;
const retryMillis = 2_000;

function openNative(video: HTMLVideoElement, playlistUrl: string, news: EngineNews): Engine {
  if (video.canPlayType('application/vnd.apple.mpegurl') === '') {
    news.onTrouble('broken');
    return { liveSeconds: () => null, close: () => {} };
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLive = () => video.duration === Number.POSITIVE_INFINITY;
  const onDuration = () => {
    news.onTrouble(null);
    news.onLive(isLive());
  };
  const onError = () => {
    news.onTrouble('waiting');
    timer = setTimeout(() => video.load(), retryMillis);
  };
  video.addEventListener('durationchange', onDuration);
  video.addEventListener('error', onError);
  video.src = playlistUrl;
  return {
    liveSeconds: () => {
      const { seekable } = video;
      if (!isLive() || seekable.length === 0) return null;
      return Math.max(0, seekable.end(seekable.length - 1) - nativeDelaySeconds);
    },
    close: () => {
      clearTimeout(timer);
      video.removeEventListener('durationchange', onDuration);
      video.removeEventListener('error', onError);
      video.removeAttribute('src');
      video.load();
    },
  };
}
