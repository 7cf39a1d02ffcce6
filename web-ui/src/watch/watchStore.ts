import type { ApiClient } from '../api/client';
import { ApiError, words } from '../api/problem';
import { isFinal, isOpen, type Report, type Session, type SessionExport, type Task } from '../api/shapes';
import type { TaskFeed } from '../api/taskFeed';
import type { Clock } from '../clock';
import { type Cancel, Store } from '../store';

/** The MP4 of a session, as far as it is. */
export interface Download {
  state: 'none' | 'making' | 'ready' | 'failed';
  taskId: string | null;
  /** 0 to 1. */
  progress: number;
  url: string | null;
  sizeBytes: number | null;
  error: string | null;
}

export interface WatchView {
  state: 'loading' | 'found' | 'not-found';
  session: Session | null;
  download: Download;
  /** What the recording was found to be; null until it is complete and checked. */
  report: Report | null;
  /** Why the last question to the server went unanswered. */
  trouble: string | null;
}

/**
 * A link may be quicker than the list of sessions behind this page. It counts as wrong after some
 * attempts, and for a minute after that it is still asked for often.
 */
const unknownAttempts = 5;
const hopefulAttempts = 35;

/** How soon to look again at what moves, and at what hardly does. */
const startingMillis = 1_000;
/** A file can be watched a second after its last byte: there is nothing to record first. */
const fileStartingMillis = 150;
const livelyMillis = 2_000;
const calmMillis = 15_000;

const noDownload: Download = {
  state: 'none',
  taskId: null,
  progress: 0,
  url: null,
  sizeBytes: null,
  error: null,
};

/** One session as its page shows it: asked for again and again while it changes. */
export class WatchStore {
  readonly view = new Store<WatchView>({
    state: 'loading',
    session: null,
    download: noDownload,
    report: null,
    trouble: null,
  });
  readonly #id: string;
  readonly #api: ApiClient;
  readonly #feed: TaskFeed;
  readonly #clock: Clock;
  #timer: Cancel = () => {};
  #stopFollowing: Cancel = () => {};
  #followed: string | null = null;
  #unknown = 0;
  /** What the report was about: it comes again when an MP4 is made. */
  #reported: string | null = null;

  constructor(id: string, api: ApiClient, feed: TaskFeed, clock: Clock) {
    this.#id = id;
    this.#api = api;
    this.#feed = feed;
    this.#clock = clock;
  }

  start(): void {
    void this.#look();
  }

  stop(): void {
    this.#timer();
    this.#stopFollowing();
  }

  /** Has an MP4 made, or made again. Only owners may. */
  async makeDownload(): Promise<void> {
    const { taskId, state } = this.view.value.download;
    this.view.patch({ download: { ...noDownload, state: 'making', taskId } });
    try {
      const task =
        state === 'failed' && taskId !== null
          ? await this.#api.retryTask(taskId)
          : await this.#api.startExport(this.#id, 'mp4');
      this.#takeTask(task);
      this.#follow(task.id);
    } catch (error) {
      this.view.patch({ download: { ...noDownload, state: 'failed', taskId, error: words(error) } });
    }
  }

  /** Has no more qualities made. Only owners may. */
  async cancelProcessing(): Promise<void> {
    try {
      await this.#api.cancelProcessing(this.#id);
    } catch (error) {
      this.view.patch({ trouble: words(error) });
    }
  }

  /** Follows a task by its own events. Only owners may; others see the same by looking again. */
  follow(): void {
    const { download } = this.view.value;
    if (download.state === 'making' && download.taskId !== null) this.#follow(download.taskId);
  }

  async #look(): Promise<void> {
    this.#timer();
    try {
      const session = await this.#api.session(this.#id);
      this.#unknown = 0;
      this.view.patch({ state: 'found', session, trouble: null, download: this.#downloadIn(session) });
      await this.#lookForReport(session);
    } catch (error) {
      this.#takeError(error);
    }
    this.#timer = this.#clock.after(pauseMillis(this.view.value, this.#unknown), () => void this.#look());
  }

  async #lookForReport(session: Session): Promise<void> {
    const finished = `${session.state} ${this.view.value.download.state}`;
    if (session.state !== 'ready' || finished === this.#reported) return;
    try {
      this.view.patch({ report: await this.#api.report(this.#id) });
      this.#reported = finished;
    } catch {
      // It comes a moment later, or never: nobody has to be told.
    }
  }

  /** A session that is not there may still come, or come back: a deletion can be undone. */
  #takeError(error: unknown): void {
    if (!(error instanceof ApiError && error.status === 404)) {
      this.view.patch({ trouble: words(error) });
      return;
    }
    this.#unknown += 1;
    const gone = this.#unknown >= unknownAttempts || this.view.value.state === 'found';
    if (gone) this.view.patch({ state: 'not-found', session: null, trouble: null });
  }

  /** What a followed task says is newer than what the session lists. */
  #downloadIn(session: Session): Download {
    const made = bestExport(session.exports);
    const { download } = this.view.value;
    if (!made) return download;
    const overtaken = this.#followed === made.taskId && !isFinal(made.state);
    return overtaken ? download : downloadOf(made);
  }

  #follow(taskId: string): void {
    if (this.#followed === taskId) return;
    this.#stopFollowing();
    this.#followed = taskId;
    this.#stopFollowing = this.#feed.follow(taskId, (task) => {
      if (isFinal(task.state)) this.#followed = null;
      this.#takeTask(task);
    });
  }

  #takeTask(task: Task): void {
    this.view.patch({ download: downloadOf(asExport(task)) });
  }
}

function bestExport(exports: SessionExport[]): SessionExport | undefined {
  const mp4s = exports.filter((made) => made.format === 'mp4');
  return (
    mp4s.find((made) => made.state === 'succeeded') ?? mp4s.find((made) => !isFinal(made.state)) ?? mp4s[0]
  );
}

function asExport(task: Task): SessionExport {
  const { id: taskId, format, state, progress, resultUrl: url, resultBytes: bytes, error } = task;
  return {
    taskId,
    format,
    state,
    progress,
    ...(url === undefined ? {} : { url }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(error === undefined ? {} : { error }),
  };
}

function downloadOf(made: SessionExport): Download {
  const { taskId, progress } = made;
  if (made.state === 'succeeded' && made.url) {
    return {
      ...noDownload,
      state: 'ready',
      taskId,
      progress: 1,
      url: made.url,
      sizeBytes: made.bytes ?? null,
    };
  }
  if (made.state === 'failed') {
    const error = made.error ?? 'The MP4 could not be made.';
    return { ...noDownload, state: 'failed', taskId, error };
  }
  if (made.state === 'cancelled') return { ...noDownload, taskId };
  return { ...noDownload, state: 'making', taskId, progress };
}

/** Whether there is anything to play yet. */
export function isPlayable(session: Session): boolean {
  return session.durationMillis > 0 && session.renditions.length > 0;
}

function pauseMillis({ state, session, download }: WatchView, unknown: number): number {
  if (state === 'not-found') return unknown < hopefulAttempts ? livelyMillis : calmMillis;
  if (session === null) return startingMillis;
  if (!isPlayable(session) && session.state !== 'failed') {
    return session.live === false ? fileStartingMillis : startingMillis;
  }
  if (isOpen(session.state) || session.state === 'completing' || download.state === 'making')
    return livelyMillis;
  return calmMillis;
}
