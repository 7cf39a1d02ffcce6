import Hls, { type ErrorData, type HlsConfig } from 'hls.js';
// A file of ours, because the page's policy lets no worker be made out of a string.
import workerPath from 'hls.js/dist/hls.worker.js?url';
import type { Engine, EngineNews } from './engine';

/** The one file that knows hls.js. */

const retryMillis = 1_500;

const config: Partial<HlsConfig> = {
  workerPath,
  // Two segments of 2 s: a few seconds behind. Each stall moves a second further back.
  liveSyncDurationCount: 2,
  // Whoever rewinds stays there.
  liveMaxLatencyDurationCount: Number.POSITIVE_INFINITY,
  backBufferLength: 120,
  lowLatencyMode: false,
  // Begins with a good picture; what the network cannot carry is found out with the first segments.
  abrEwmaDefaultEstimate: 8_000_000,
};

export function hlsRunsHere(): boolean {
  return Hls.isSupported();
}

export function openHls(video: HTMLVideoElement, playlistUrl: string, news: EngineNews): Engine {
  const hls = new Hls(config);
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
    close: () => {
      repair.close();
      hls.destroy();
    },
  };
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
      this.#later(() => this.#reload());
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

  #later(action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, retryMillis);
  }
}
