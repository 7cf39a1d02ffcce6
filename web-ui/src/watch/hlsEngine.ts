import Hls, {
  type ErrorData,
  type HlsConfig,
  type LevelDetails,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type LoaderContext,
} from 'hls.js';
// A file of ours, because the page's policy lets no worker be made out of a string.
import workerPath from 'hls.js/dist/hls.worker.js?url';
import type { Engine, EngineNews } from './engine';
import { clockMillisAt, readPlaylist } from './listed';

/** The one file that knows hls.js. */

const retryMillis = 1_500;

const config: Partial<HlsConfig> = {
  workerPath,
  // Two segments of 2 s: a few seconds behind. Each stall moves a second further back.
  liveSyncDurationCount: 2,
  // Whoever rewinds stays there.
  liveMaxLatencyDurationCount: Number.POSITIVE_INFINITY,
  // A segment that is not rendered yet is held for twenty seconds by the server.
  fragLoadPolicy: {
    default: {
      maxTimeToFirstByteMs: 25_000,
      maxLoadTimeMs: 120_000,
      timeoutRetry: { maxNumRetry: 4, retryDelayMs: 0, maxRetryDelayMs: 0 },
      errorRetry: { maxNumRetry: 6, retryDelayMs: 1_000, maxRetryDelayMs: 8_000 },
    },
  },
  backBufferLength: 120,
  lowLatencyMode: false,
  // Begins with a good picture; what the network cannot carry is found out with the first segments.
  abrEwmaDefaultEstimate: 8_000_000,
};

export function hlsRunsHere(): boolean {
  return Hls.isSupported();
}

export function openHls(
  video: HTMLVideoElement,
  playlistUrl: string,
  news: EngineNews,
  small: boolean,
): Engine {
  const hls: Hls = new Hls({
    ...config,
    capLevelToPlayerSize: small,
    // Before anything is decided on: afterwards it has begun somewhere already.
    pLoader: readingLoader((delay) => {
      if (delay === undefined) delete hls.config.liveSyncDuration;
      else hls.config.liveSyncDuration = delay;
    }),
  });
  const repair = new Repair(hls, playlistUrl, news);
  let live = false;
  hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => {
    live = details.live;
    news.onLive(live);
  });
  hls.on(Hls.Events.FRAG_BUFFERED, () => repair.fine());
  hls.on(Hls.Events.ERROR, (_, error) => repair.takeError(error));
  hls.attachMedia(video);
  hls.loadSource(playlistUrl);
  return {
    liveSeconds: () => (live ? hls.liveSyncPosition : null),
    startSeconds: () => startOf(hls.latestLevelDetails),
    sliding: () => isSliding(hls.latestLevelDetails),
    clockMillis: (seconds) => clockMillisAt(hls.latestLevelDetails?.fragments ?? [], seconds),
    close: () => {
      repair.close();
      hls.destroy();
    },
  };
}

/** What begins a little after 0 has not moved on: its first picture is not at its first sound. */
function startOf(details: LevelDetails | null): number {
  const start = details?.fragmentStart ?? 0;
  return start > 1 ? start : 0;
}

function isSliding(details: LevelDetails | null): boolean {
  return details?.live === true && details.type === null;
}

type PlaylistLoader = NonNullable<HlsConfig['pLoader']>;

/** Loads playlists, reads them before the engine does, and says how far behind live to be. */
function readingLoader(onDelay: (seconds: number | undefined) => void): PlaylistLoader {
  class ReadingLoader extends Hls.DefaultConfig.loader {
    override load(
      context: LoaderContext,
      how: LoaderConfiguration,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): void {
      const onSuccess: typeof callbacks.onSuccess = (response, ...rest) => {
        if (typeof response.data === 'string' && !response.data.includes('#EXT-X-STREAM-INF')) {
          const { text, liveDelaySeconds } = readPlaylist(response.data);
          response.data = text;
          onDelay(liveDelaySeconds);
        }
        callbacks.onSuccess(response, ...rest);
      };
      super.load(context, how, { ...callbacks, onSuccess });
    }
  }
  return ReadingLoader as unknown as PlaylistLoader;
}

/** Never gives up on an absent server, and on a confused decoder only after three attempts in a row. */
class Repair {
  readonly #hls: Hls;
  readonly #playlistUrl: string;
  readonly #news: EngineNews;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #mediaErrors = 0;

  constructor(hls: Hls, playlistUrl: string, news: EngineNews) {
    this.#hls = hls;
    this.#playlistUrl = playlistUrl;
    this.#news = news;
  }

  fine(): void {
    this.#mediaErrors = 0;
    this.#news.onTrouble(null);
  }

  takeError(error: ErrorData): void {
    if (!error.fatal) return;
    if (error.type === Hls.ErrorTypes.MEDIA_ERROR && this.#mediaErrors < 3) {
      this.#mediaErrors += 1;
      this.#hls.recoverMediaError();
    } else if (error.type === Hls.ErrorTypes.NETWORK_ERROR) {
      this.#news.onTrouble('waiting');
      const gone = error.response?.code === 404;
      this.#later(() => (gone ? this.#comeAgain() : this.#reload()));
    } else {
      this.#news.onTrouble('broken');
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #reload(): void {
    if (this.#hls.levels.length === 0) this.#hls.loadSource(this.#playlistUrl);
    else this.#hls.startLoad();
  }

  /** What was listed is not there: it could not be rendered, or is offered otherwise. The lists know. */
  #comeAgain(): void {
    const { media } = this.#hls;
    this.#hls.config.startPosition = media?.currentTime ?? -1;
    // Another source pauses the element.
    if (media && !media.paused) {
      this.#hls.once(Hls.Events.MANIFEST_PARSED, () => void media.play().catch(() => {}));
    }
    this.#hls.loadSource(this.#playlistUrl);
  }

  #later(action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, retryMillis);
  }
}
