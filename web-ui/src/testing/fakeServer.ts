/** A door's answer: a status, and a body as JSON. */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Asked {
  method: string;
  path: string;
  headers: Headers;
  body: string;
}

type Door = (asked: Asked) => Answer | Promise<Answer>;

/** Answers `fetch` in memory, one function per door; remembers what was asked. */
export class FakeServer {
  readonly asked: Asked[] = [];
  /** Nobody answers. */
  down = false;
  readonly #doors: { method: string; path: RegExp; door: Door }[] = [];

  /** The latest door that fits answers. */
  on(method: string, path: RegExp, door: Door): this {
    this.#doors.unshift({ method, path, door });
    return this;
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    if (this.down) throw new TypeError('Failed to fetch');
    const { body } = init;
    const asked = {
      method: init.method ?? 'GET',
      path: String(input),
      headers: new Headers(init.headers),
      body: body instanceof Blob ? await body.text() : String(body ?? ''),
    };
    this.asked.push(asked);
    const found = this.#doors.find((d) => d.method === asked.method && d.path.test(asked.path));
    if (!found) throw new Error(`no door for ${asked.method} ${asked.path}`);
    const answer = await found.door(asked);
    const text = answer.body === undefined ? null : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status, headers: answer.headers ?? {} });
  };

  count(method: string, path: RegExp): number {
    return this.asked.filter((asked) => asked.method === method && path.test(asked.path)).length;
  }
}

export function problem(status: number, code: string, members: Record<string, unknown> = {}): Answer {
  return { status, body: { code, detail: `detail of ${code}`, ...members } };
}

/** The recording doors, with a memory of what was stored. */
export class FakeRecordingServer extends FakeServer {
  readonly chunks = new Map<number, string>();
  completedWith: { chunks: number; allowGaps?: boolean } | null = null;

  constructor() {
    super();
    this.on('POST', /^\/api\/v1\/sessions$/, () => ({
      status: 201,
      body: {
        id: 's1',
        state: 'recording',
        uploadToken: 't1',
        playlistUrl: '/hls/s1',
        watchUrl: '/watch/s1',
      },
    }));
    this.on('PUT', /\/chunks\/\d+/, ({ path, body }) => {
      this.chunks.set(indexIn(path), body);
      return { status: 201 };
    });
    this.on('GET', /\/chunks$/, () => {
      const indexes = [...this.chunks.keys()].sort((a, b) => a - b);
      const nextIndex = (indexes.at(-1) ?? -1) + 1;
      return { status: 200, body: { received: indexes.map((i) => [i, i]), nextIndex, bytes: 0 } };
    });
    this.on('POST', /\/complete$/, ({ body }) => this.#complete(JSON.parse(body)));
  }

  #complete(wish: { chunks: number; allowGaps?: boolean }): Answer {
    const missing = Array.from({ length: wish.chunks }, (_, i) => i).filter((i) => !this.chunks.has(i));
    if (missing.length > 0 && !wish.allowGaps) {
      return problem(409, 'chunks-missing', { missing: missing.map((i) => [i, i]) });
    }
    this.completedWith = wish;
    return { status: 202, body: {} };
  }
}

export function indexIn(path: string): number {
  return Number(/\/chunks\/(\d+)/.exec(path)?.[1]);
}
