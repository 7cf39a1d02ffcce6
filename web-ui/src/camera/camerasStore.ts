import type { ApiClient } from '../api/client';
import { ApiError, words } from '../api/problem';
import type { Camera, CameraWish } from '../api/shapes';
import type { Clock } from '../clock';
import { type Cancel, Store } from '../store';
import { refusal, type WishErrors, wishErrors } from './wish';

export interface CamerasView {
  /** `loading` only before the first answer. */
  state: 'loading' | 'loaded' | 'failed';
  cameras: Camera[];
  /** Why the last question went unanswered. */
  error: string | null;
  /** What is wrong with the camera that is to be added. */
  addErrors: WishErrors;
  adding: boolean;
  /** Which one is being deleted, and why the last deletion failed. */
  deleting: string | null;
  deleteError: string | null;
}

/** How soon to look again: while one may change at any moment, and while all are well. */
const livelyMillis = 1_500;
const calmMillis = 4_000;

/** The owner's cameras, oldest first. While it is started, it looks again by itself. */
export class CamerasStore {
  readonly view = new Store<CamerasView>({
    state: 'loading',
    cameras: [],
    error: null,
    addErrors: {},
    adding: false,
    deleting: null,
    deleteError: null,
  });
  readonly #api: ApiClient;
  readonly #clock: Clock;
  #timer: Cancel = () => {};
  #started = false;
  /** Counts what was asked or changed, so that an answer to an older question is dropped. */
  #asked = 0;

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

  async refresh(): Promise<void> {
    this.#timer();
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const cameras = await this.#api.cameras();
      if (asked !== this.#asked) return;
      this.view.patch({ state: 'loaded', cameras, error: null });
    } catch (error) {
      if (asked !== this.#asked) return;
      const { state } = this.view.value;
      this.view.patch({ state: state === 'loading' ? 'failed' : state, error: words(error) });
    }
    this.#lookAgain();
  }

  /** Resolves with whether it is there now; if not, the view says at which field it is wrong. */
  async add(wish: CameraWish): Promise<boolean> {
    const addErrors = wishErrors(wish);
    this.view.patch({ addErrors });
    if (Object.keys(addErrors).length > 0) return false;
    this.view.patch({ adding: true });
    try {
      const camera = await this.#api.addCamera({ ...wish, name: wish.name.trim(), url: wish.url.trim() });
      this.view.patch({ state: 'loaded', cameras: [...this.view.value.cameras, camera], adding: false });
      void this.refresh();
      return true;
    } catch (error) {
      this.view.patch({ adding: false, addErrors: refusal(error) });
      return false;
    }
  }

  /** What was wrong with a field is not said while it is being put right. */
  edited(field: keyof WishErrors): void {
    const { [field]: _, form: __, ...addErrors } = this.view.value.addErrors;
    this.view.patch({ addErrors });
  }

  /** Resolves with whether it is gone. */
  async remove(id: string): Promise<boolean> {
    this.view.patch({ deleting: id, deleteError: null });
    try {
      await this.#api.deleteCamera(id).catch(unlessGone);
      const cameras = this.view.value.cameras.filter((camera) => camera.id !== id);
      this.view.patch({ deleting: null, cameras });
      void this.refresh();
      return true;
    } catch (error) {
      this.view.patch({ deleting: null, deleteError: words(error) });
      return false;
    }
  }

  #lookAgain(): void {
    if (!this.#started) return;
    const { cameras, error } = this.view.value;
    const lively = error !== null || cameras.some((camera) => camera.state !== 'online');
    this.#timer();
    this.#timer = this.#clock.after(lively ? livelyMillis : calmMillis, () => void this.refresh());
  }
}

/** What another page has deleted already is as good as deleted. */
export function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error;
}
