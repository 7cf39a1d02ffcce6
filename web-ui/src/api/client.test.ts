import { describe, expect, it } from 'vitest';
import { FakeServer, problem } from '../testing/fakeServer';
import { AccessStore } from './access';
import { ApiClient } from './client';
import { ApiError, NoAnswerError, words } from './problem';

describe('ApiClient', () => {
  it('turns a problem document into a typed error', async () => {
    const server = new FakeServer().on('GET', /sessions/, () => ({
      status: 503,
      body: { code: 'overloaded', detail: 'Wait.', extra: 7 },
      headers: { 'Retry-After': '3' },
    }));
    const error = await new ApiClient(undefined, server.fetch).session('s').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 503, code: 'overloaded', detail: 'Wait.', retryAfterMillis: 3000 });
    expect((error as ApiError).members.extra).toBe(7);
  });

  it('reads a Retry-After that is a date', async () => {
    const server = new FakeServer().on('GET', /sessions/, () => ({
      status: 429,
      headers: { 'Retry-After': new Date(Date.now() + 60_000).toUTCString() },
    }));
    const error = (await new ApiClient(undefined, server.fetch)
      .session('s')
      .catch((e: unknown) => e)) as ApiError;
    expect(error.retryAfterMillis).toBeGreaterThan(57_000);
    expect(error.retryAfterMillis).toBeLessThanOrEqual(60_000);
  });

  it('makes do with the status when a proxy answers in its own way', async () => {
    const html: typeof fetch = async () => new Response('<h1>Bad gateway</h1>', { status: 502 });
    const error = (await new ApiClient(undefined, html).session('s').catch((e: unknown) => e)) as ApiError;
    expect(error).toMatchObject({ status: 502, code: 'http-502' });
  });

  it('tells an absent server from one that says no', async () => {
    const server = new FakeServer();
    server.down = true;
    const error = await new ApiClient(undefined, server.fetch).session('s').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(NoAnswerError);
    expect(words(error)).toMatch(/cannot be reached/);
  });

  it('takes a success that is cut short for no answer', async () => {
    const cut: typeof fetch = async () => new Response('{"id": "s', { status: 200 });
    await expect(new ApiClient(undefined, cut).session('s')).rejects.toBeInstanceOf(NoAnswerError);
  });

  it('escapes ids and asks for pages', async () => {
    const server = new FakeServer().on('GET', /./, () => ({ status: 200, body: { sessions: [] } }));
    const api = new ApiClient(undefined, server.fetch);
    await api.session('../x y');
    await api.sessions({ q: 'a&b', cursor: 'c=', limit: 5 });
    await api.sessions();
    expect(server.asked.map((asked) => asked.path)).toEqual([
      '/api/v1/sessions/..%2Fx%20y',
      '/api/v1/sessions?q=a%26b&cursor=c%3D&limit=5',
      '/api/v1/sessions',
    ]);
  });
});

describe('AccessStore', () => {
  it('asks for the key as soon as an owner’s door is closed', async () => {
    const server = new FakeServer().on('GET', /sessions/, () => problem(401, 'owner-only'));
    const access = new AccessStore(server.fetch);
    await access.api.sessions().catch(() => {});
    expect(access.view.value).toMatchObject({ access: 'guest', signInNeeded: true });
  });

  it('does not ask for it when an upload token is refused', async () => {
    const server = new FakeServer().on('GET', /chunks/, () => problem(401, 'upload-token-wrong'));
    const access = new AccessStore(server.fetch);
    await access.api.storedChunks({ id: 's', uploadToken: 't' }).catch(() => {});
    expect(access.view.value).toMatchObject({ access: 'unknown', signInNeeded: false });
  });

  it('lets the owner in with the right key only', async () => {
    const server = new FakeServer().on('POST', /sign-in/, ({ body }) =>
      JSON.parse(body).key === 'right' ? { status: 204 } : problem(401, 'wrong-key'),
    );
    const access = new AccessStore(server.fetch);
    await access.signIn('wrong');
    expect(access.view.value).toMatchObject({ access: 'unknown', busy: false });
    expect(access.view.value.error).toMatch(/not the key/);

    const owner = access.owner();
    await access.signIn('  right \n');
    await owner;
    expect(access.view.value).toEqual({ access: 'owner', signInNeeded: false, busy: false, error: null });
  });

  it('says how it is when there are too many guesses', async () => {
    const server = new FakeServer().on('POST', /sign-in/, () => problem(429, 'too-many-guesses'));
    const access = new AccessStore(server.fetch);
    await access.signIn('x');
    expect(access.view.value.error).toBe('detail of too-many-guesses');
  });
});
