import { Store } from '../store';
import { ApiClient } from './client';
import { ApiError, words } from './problem';

/** Who this page is working for. `unknown` until the server was asked. */
export type Access = 'unknown' | 'owner' | 'guest';

export interface AccessView {
  access: Access;
  /** Whether a door was closed to us, so that the key should be asked for. */
  signInNeeded: boolean;
  busy: boolean;
  error: string | null;
}

/**
 * Whether this browser is let in as the owner, and the way to become it. The key goes into a cookie
 * that scripts cannot read; nothing of it stays here.
 */
export class AccessStore {
  readonly view = new Store<AccessView>({ access: 'unknown', signInNeeded: false, busy: false, error: null });
  readonly api: ApiClient;

  constructor(fetchLike?: typeof fetch) {
    this.api = new ApiClient(() => this.view.patch({ access: 'guest', signInNeeded: true }), fetchLike);
  }

  /** Asks the server who we are. An unreachable server leaves it unknown. */
  async refresh(): Promise<void> {
    try {
      this.view.patch({ access: (await this.api.isOwner()) ? 'owner' : 'guest' });
    } catch {
      // Whoever needs a door will say that the server is away.
    }
  }

  async signIn(key: string): Promise<void> {
    this.view.patch({ busy: true, error: null });
    try {
      await this.api.signIn(key.trim());
      this.view.set({ access: 'owner', signInNeeded: false, busy: false, error: null });
    } catch (error) {
      const wrong = error instanceof ApiError && error.status === 401;
      this.view.patch({
        busy: false,
        error: wrong ? 'That is not the key of this Tapedeck. Check it and try again.' : words(error),
      });
    }
  }

  /** Resolves as soon as the owner is here. */
  async owner(): Promise<void> {
    await this.view.when((view) => view.access === 'owner');
  }
}
