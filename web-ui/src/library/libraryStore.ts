import type { ApiClient } from '../api/client';
import { words } from '../api/problem';
import type { Session } from '../api/shapes';
import type { Clock } from '../clock';
import { type Cancel, Store } from '../store';

/** A session in the list; `removed` ones stay in their place so that the removal can be undone. */
export interface Entry {
  session: Session;
  removed: boolean;
  /** Just restored: stays although the list, which follows a little later, has it not yet. */
  restored: boolean;
  /** A door is being asked about it. */
  busy: boolean;
  error: string | null;
}

export interface LibraryView {
  /** `loading` only before the first answer. */
  state: 'loading' | 'loaded' | 'failed';
  query: string;
  entries: Entry[];
  hasMore: boolean;
  loadingMore: boolean;
  error: string | null;
}

const pageSize = 20;
const typingMillis = 250;
/** How soon to look again: while something moves, and while nothing does. */
const livelyMillis = 2_000;
const calmMillis = 20_000;

/**
 * The owner's sessions, newest first, searched on the server and read in pages. While it is started,
 * it looks again by itself; entries further down stay as they were.
 */
export class LibraryStore {
  readonly view = new Store<LibraryView>({
    state: 'loading',
    query: '',
    entries: [],
    hasMore: false,
    loadingMore: false,
    error: null,
  });
  readonly #api: ApiClient;
  readonly #clock: Clock;
  #next: string | null = null;
  #timer: Cancel = () => {};
  /** Counts what was asked, so that an answer to an older question is dropped. */
  #asked = 0;
  #started = false;
  #closely = false;

  constructor(api: ApiClient, clock: Clock) {
    this.#api = api;
    this.#clock = clock;
  }

  start(): void {
    this.#started = true;
    void this.refresh();
  }

  stop(): void {
    this.#started = false;
    this.#timer();
  }

  /** Whether something is known to be happening that the list may not show yet. */
  watchClosely(closely: boolean): void {
    this.#closely = closely;
    if (this.#started) void this.refresh();
  }

  search(query: string): void {
    this.view.patch({ query });
    this.#timer();
    this.#asked += 1;
    this.#timer = this.#clock.after(typingMillis, () => void this.#load(true));
  }

  /** Looks again now. */
  refresh(): Promise<void> {
    return this.#load(false);
  }

  async more(): Promise<void> {
    if (this.#next === null || this.view.value.loadingMore) return;
    const asked = this.#asked;
    this.view.patch({ loadingMore: true });
    try {
      const page = await this.#api.sessions({
        q: this.view.value.query,
        cursor: this.#next,
        limit: pageSize,
      });
      if (asked !== this.#asked) return;
      const known = new Set(this.view.value.entries.map((entry) => entry.session.id));
      const added = page.sessions.filter((session) => !known.has(session.id)).map(entryOf);
      this.#setNext(page.next);
      this.view.patch({ entries: [...this.view.value.entries, ...added], error: null });
    } catch (error) {
      this.view.patch({ error: words(error) });
    } finally {
      this.view.patch({ loadingMore: false });
    }
  }

  async remove(id: string): Promise<void> {
    await this.#ask(id, () => this.#api.deleteSession(id), { removed: true, restored: false });
  }

  async restore(id: string): Promise<void> {
    await this.#ask(id, () => this.#api.restoreSession(id), { removed: false, restored: true });
  }

  /** Takes a removed entry out of sight. */
  forget(id: string): void {
    this.view.patch({ entries: this.view.value.entries.filter((entry) => entry.session.id !== id) });
  }

  async #ask(id: string, action: () => Promise<void>, outcome: Partial<Entry>): Promise<void> {
    this.#change(id, { busy: true, error: null });
    try {
      await action();
      this.#change(id, { busy: false, ...outcome });
    } catch (error) {
      this.#change(id, { busy: false, error: words(error) });
    }
  }

  async #load(anew: boolean): Promise<void> {
    this.#timer();
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const page = await this.#api.sessions({ q: this.view.value.query, limit: pageSize });
      if (asked !== this.#asked) return;
      const { entries } = this.view.value;
      const merged = anew ? page.sessions.map(entryOf) : merge(entries, page.sessions, this.#next !== null);
      // Later pages that were already read keep their own cursor.
      if (anew || entries.length <= pageSize) this.#setNext(page.next);
      this.view.patch({ state: 'loaded', entries: merged, error: null });
    } catch (error) {
      if (asked !== this.#asked) return;
      const { state } = this.view.value;
      this.view.patch({ state: state === 'loading' ? 'failed' : state, error: words(error) });
    }
    this.#lookAgain();
  }

  #lookAgain(): void {
    if (!this.#started) return;
    const lively = this.view.value.entries.some((entry) => !entry.removed && isMoving(entry.session));
    const failed = this.view.value.error !== null;
    this.#timer();
    this.#timer = this.#clock.after(
      lively || failed || this.#closely ? livelyMillis : calmMillis,
      () => void this.refresh(),
    );
  }

  #setNext(next: string | null | undefined): void {
    this.#next = next ?? null;
    this.view.patch({ hasMore: this.#next !== null });
  }

  #change(id: string, fields: Partial<Entry>): void {
    const entries = this.view.value.entries.map((entry) =>
      entry.session.id === id ? { ...entry, ...fields } : entry,
    );
    this.view.patch({ entries });
  }
}

function entryOf(session: Session): Entry {
  return { session, removed: false, restored: false, busy: false, error: null };
}

/** Whether it will look different soon. */
function isMoving(session: Session): boolean {
  const exporting = session.exports.some((e) => e.state === 'queued' || e.state === 'running');
  return session.state === 'recording' || session.state === 'completing' || exporting;
}

/**
 * The first page as it is now, over what was shown. The list follows deletions and restorations a
 * little later than they are made here, so entries that were touched here stay in their place. What was
 * shown after the page's last session came from later pages and stays; what was shown before it and
 * is not listed any more is gone.
 */
function merge(shown: Entry[], page: Session[], hadMore: boolean): Entry[] {
  const known = new Map(shown.map((entry) => [entry.session.id, entry]));
  const listed = new Set(page.map((session) => session.id));
  const fresh = page.map((session) => {
    const entry = known.get(session.id);
    return entry ? { ...entry, session, restored: false } : entryOf(session);
  });
  const oldest = page.at(-1)?.createdAt;
  const later = shown.filter(
    (entry) =>
      !listed.has(entry.session.id) &&
      !entry.removed &&
      !entry.restored &&
      oldest !== undefined &&
      (hadMore || page.length >= pageSize) &&
      entry.session.createdAt < oldest,
  );
  const touched = shown.filter((entry) => (entry.removed || entry.restored) && !listed.has(entry.session.id));
  return [...fresh, ...later, ...touched].sort((a, b) =>
    b.session.createdAt.localeCompare(a.session.createdAt),
  );
}
