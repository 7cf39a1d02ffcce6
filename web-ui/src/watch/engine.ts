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
  /** Where what can be played begins: it moves on when the oldest of a history is dropped. */
  startSeconds(): number;
  /** Whether the beginning moves on, or will: the playlist of a camera. */
  sliding(): boolean;
  /** When what is played there was recorded, in milliseconds since 1970; null where nobody knows. */
  clockMillis(seconds: number): number | null;
  close(): void;
}

/** Plays nothing. */
export const noEngine: Engine = {
  liveSeconds: () => null,
  startSeconds: () => 0,
  sliding: () => false,
  clockMillis: () => null,
  close: () => {},
};

/**
 * Starts the engine that fits the browser: hls.js where it runs, else the browser's own HLS.
 *
 * @param small whether no more pixels are wanted than are shown
 */
export async function openEngine(
  video: HTMLVideoElement,
  playlistUrl: string,
  news: EngineNews,
  small = false,
): Promise<Engine> {
  const { hlsRunsHere, openHls } = await import('./hlsEngine');
  return hlsRunsHere() ? openHls(video, playlistUrl, news, small) : openNative(video, playlistUrl, news);
}

/** How far behind the end native players are brought when asked for live. */
const nativeDelaySeconds = 6;
const retryMillis = 2_000;

function openNative(video: HTMLVideoElement, playlistUrl: string, news: EngineNews): Engine {
  if (video.canPlayType('application/vnd.apple.mpegurl') === '') {
    news.onTrouble('broken');
    return noEngine;
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
    startSeconds: () => startOf(video.seekable),
    sliding: () => isLive() && startOf(video.seekable) > 0,
    clockMillis: (seconds) => {
      const zeroMillis = (video as WithStartDate).getStartDate?.().getTime() ?? Number.NaN;
      return Number.isNaN(zeroMillis) ? null : zeroMillis + seconds * 1000;
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

/** What WebKit knows of EXT-X-PROGRAM-DATE-TIME: the date of its time 0. */
type WithStartDate = HTMLVideoElement & { getStartDate?: () => Date };

function startOf(seekable: TimeRanges): number {
  return seekable.length > 0 ? seekable.start(0) : 0;
}
