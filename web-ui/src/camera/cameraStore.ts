import type { ApiClient } from '../api/client';
import { ApiError, words } from '../api/problem';
import type { Camera, SavedPart, Session } from '../api/shapes';
import type { Clock } from '../clock';
import { type Cancel, Store } from '../store';
import { unlessGone } from './camerasStore';
import { firstDraft, type PartDraft, partWish } from './part';

export interface CameraView {
  state: 'loading' | 'found' | 'not-found' | 'deleted';
  camera: Camera | null;
  /** What it writes to, as far as there is anything to watch. */
  session: Session | null;
  /** Why the last question to the server went unanswered. */
  trouble: string | null;
  draft: PartDraft;
  saving: boolean;
  saved: (SavedPart & { title: string })[];
  saveError: string | null;
  deleteError: string | null;
}

const livelyMillis = 1_000;
const calmMillis = 2_500;

/** One camera as its page shows it, asked for again and again; and what can be kept of it for good. */
export class CameraStore {
  readonly view = new Store<CameraView>({
    state: 'loading',
    camera: null,
    session: null,
    trouble: null,
    draft: firstDraft,
    saving: false,
    saved: [],
    saveError: null,
    deleteError: null,
  });
  readonly #id: string;
  readonly #api: ApiClient;
  readonly #clock: Clock;
  #timer: Cancel = () => {};
  #started = false;

  constructor(id: string, api: ApiClient, clock: Clock) {
    this.#id = id;
    this.#api = api;
    this.#clock = clock;
  }

  start(): void {
    this.#started = true;
    void this.#look();
  }

  stop(): void {
    this.#started = false;
    this.#timer();
  }

  edit(fields: Partial<PartDraft>): void {
    this.view.patch({ draft: { ...this.view.value.draft, ...fields }, saveError: null });
  }

  /** Keeps what the draft says for good. */
  async save(defaultTitle: string): Promise<void> {
    const { draft, saving } = this.view.value;
    const wish = partWish(draft, defaultTitle);
    if (wish === null || saving) return;
    this.view.patch({ saving: true, saveError: null });
    try {
      const part = await this.#api.savePart(this.#id, wish);
      const saved = [{ ...part, title: wish.title }, ...this.view.value.saved];
      const kept = { ...firstDraft, kind: draft.kind, minutes: draft.minutes };
      this.view.patch({ saving: false, saved, draft: kept });
    } catch (error) {
      this.view.patch({ saving: false, saveError: words(error) });
    }
  }

  async remove(): Promise<boolean> {
    this.view.patch({ deleteError: null });
    try {
      await this.#api.deleteCamera(this.#id).catch(unlessGone);
      this.stop();
      this.view.patch({ state: 'deleted' });
      return true;
    } catch (error) {
      this.view.patch({ deleteError: words(error) });
      return false;
    }
  }

  async #look(): Promise<void> {
    this.#timer();
    try {
      const camera = await this.#api.camera(this.#id);
      const session = await this.#sessionOf(camera);
      if (!this.#started) return;
      this.view.patch({ state: 'found', camera, session, trouble: null });
    } catch (error) {
      if (!this.#started) return;
      if (error instanceof ApiError && error.status === 404) this.view.patch({ state: 'not-found' });
      else this.view.patch({ trouble: words(error) });
    }
    const { camera, session } = this.view.value;
    const calm = camera?.state === 'online' && session !== null;
    this.#timer = this.#clock.after(calm ? calmMillis : livelyMillis, () => void this.#look());
  }

  /** Those who list sessions learn of it a moment after the camera does. */
  async #sessionOf(camera: Camera): Promise<Session | null> {
    try {
      return await this.#api.session(camera.sessionId);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  }
}
