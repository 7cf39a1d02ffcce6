import { ApiError, NoAnswerError, readProblem } from './problem';
import type {
  Camera,
  CameraWish,
  OpenedSession,
  PartWish,
  Report,
  SavedPart,
  Session,
  SessionPage,
  StoredChunks,
  Task,
} from './shapes';

/** Which session is written, and with which token. */
export interface UploadTarget {
  id: string;
  uploadToken: string;
}

/** What a chunk's PUT needs to know. */
export interface ChunkPut extends UploadTarget {
  index: number;
  run: number;
  bytes: Blob;
  /** RFC 9530, left out where the browser cannot digest (plain-http origins). */
  contentDigest: string | undefined;
  timeoutMillis: number;
}

/**
 * The doors of Tapedeck, typed. Every method throws {@link ApiError} for an unsuccessful answer and
 * {@link NoAnswerError} when none came; none of them tries twice. All doors are on the page's own
 * origin, whatever the services believe their public address to be.
 */
export class ApiClient {
  readonly #fetch: typeof fetch;
  readonly #onSignInNeeded: () => void;

  /** @param onSignInNeeded told whenever a door for owners answered 401 */
  constructor(onSignInNeeded: () => void = () => {}, fetchLike: typeof fetch = (...args) => fetch(...args)) {
    this.#fetch = fetchLike;
    this.#onSignInNeeded = onSignInNeeded;
  }

  // Record

  openSession(wish: { title: string; mimeType: string; live: boolean }): Promise<OpenedSession> {
    return this.#owner<OpenedSession>('POST', '/api/v1/sessions', wish);
  }

  async putChunk(put: ChunkPut): Promise<void> {
    const headers: Record<string, string> = {
      Authorization: `Bearer ${put.uploadToken}`,
      'Content-Type': 'application/octet-stream',
    };
    if (put.contentDigest !== undefined) headers['Content-Digest'] = put.contentDigest;
    await this.#send(`${chunksUrl(put.id)}/${put.index}?run=${put.run}`, {
      method: 'PUT',
      headers,
      body: put.bytes,
      signal: AbortSignal.timeout(put.timeoutMillis),
    });
  }

  storedChunks(target: UploadTarget): Promise<StoredChunks> {
    return this.#json('GET', chunksUrl(target.id), undefined, target.uploadToken);
  }

  async completeSession(target: UploadTarget, wish: { chunks: number; allowGaps?: boolean }): Promise<void> {
    await this.#json('POST', `${sessionUrl(target.id)}/complete`, wish, target.uploadToken);
  }

  async deleteSession(id: string): Promise<void> {
    await this.#owner('DELETE', sessionUrl(id));
  }

  async restoreSession(id: string): Promise<void> {
    await this.#owner('POST', `${sessionUrl(id)}/restore`);
  }

  // Watch

  sessions(query: { q?: string; cursor?: string; limit?: number } = {}): Promise<SessionPage> {
    const search = new URLSearchParams();
    if (query.q) search.set('q', query.q);
    if (query.cursor) search.set('cursor', query.cursor);
    if (query.limit) search.set('limit', String(query.limit));
    const suffix = search.size > 0 ? `?${search}` : '';
    return this.#owner('GET', `/api/v1/sessions${suffix}`);
  }

  session(id: string): Promise<Session> {
    return this.#json('GET', sessionUrl(id));
  }

  /** Makes no more qualities than the one that can be watched already. */
  async cancelProcessing(id: string): Promise<void> {
    await this.#owner('POST', `${sessionUrl(id)}/processing/cancel`);
  }

  report(id: string): Promise<Report> {
    return this.#json('GET', `${sessionUrl(id)}/report`);
  }

  // Point at a camera

  async cameras(): Promise<Camera[]> {
    return (await this.#owner<{ cameras: Camera[] }>('GET', '/api/v1/cameras')).cameras;
  }

  camera(id: string): Promise<Camera> {
    return this.#owner('GET', cameraUrl(id));
  }

  addCamera(wish: CameraWish): Promise<Camera> {
    return this.#owner('POST', '/api/v1/cameras', wish);
  }

  /** What its history holds becomes an ordinary recording. */
  async deleteCamera(id: string): Promise<void> {
    await this.#owner('DELETE', cameraUrl(id));
  }

  /** Keeps a part of its history for good. */
  savePart(id: string, wish: PartWish): Promise<SavedPart> {
    return this.#owner('POST', `${cameraUrl(id)}/recordings`, wish);
  }

  // Ask about work

  startExport(sessionId: string, format: string): Promise<Task> {
    return this.#owner('POST', `${sessionUrl(sessionId)}/exports`, { format });
  }

  task(id: string): Promise<Task> {
    return this.#owner('GET', taskUrl(id));
  }

  retryTask(id: string): Promise<Task> {
    return this.#owner('POST', `${taskUrl(id)}/retry`);
  }

  cancelTask(id: string): Promise<Task> {
    return this.#owner('POST', `${taskUrl(id)}/cancel`);
  }

  // Sign in

  async isOwner(): Promise<boolean> {
    return (await this.#json<{ owner: boolean }>('GET', '/api/v1/sign-in')).owner;
  }

  async signIn(key: string): Promise<void> {
    await this.#json('POST', '/api/v1/sign-in', { key });
  }

  async signOut(): Promise<void> {
    await this.#json('POST', '/api/v1/sign-out');
  }

  async #owner<T>(method: string, url: string, body?: unknown): Promise<T> {
    try {
      return await this.#json<T>(method, url, body);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.#onSignInNeeded();
      throw error;
    }
  }

  async #json<T>(method: string, url: string, body?: unknown, token?: string): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (token !== undefined) headers.Authorization = `Bearer ${token}`;
    const response = await this.#send(url, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    try {
      const text = await response.text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch (cause) {
      throw new NoAnswerError(cause);
    }
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch(url, { ...init, cache: 'no-store', credentials: 'same-origin' });
    } catch (cause) {
      throw new NoAnswerError(cause);
    }
    if (!response.ok) throw await readProblem(response, Date.now());
    return response;
  }
}

export function sessionUrl(id: string): string {
  return `/api/v1/sessions/${encodeURIComponent(id)}`;
}

export function cameraUrl(id: string): string {
  return `/api/v1/cameras/${encodeURIComponent(id)}`;
}

function chunksUrl(id: string): string {
  return `${sessionUrl(id)}/chunks`;
}

export function taskUrl(id: string): string {
  return `/api/v1/tasks/${encodeURIComponent(id)}`;
}
