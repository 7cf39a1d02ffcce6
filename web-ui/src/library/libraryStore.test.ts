import { beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../api/client';
import type { Session } from '../api/shapes';
import { FakeServer, problem } from '../testing/fakeServer';
import { ManualClock, settle } from '../testing/manualClock';
import { session } from '../testing/sessions';
import { LibraryStore } from './libraryStore';

/** `n` sessions, newest first: the first has the number 0. */
function many(n: number): Session[] {
  return Array.from({ length: n }, (_, i) =>
    session({ id: `s${i}`, title: `Talk ${i}`, createdAt: new Date(1e12 - i * 60_000).toISOString() }),
  );
}

describe('LibraryStore', () => {
  let clock: ManualClock;
  let server: FakeServer;
  let stored: Session[];
  let library: LibraryStore;
  const ids = () => library.view.value.entries.map((entry) => entry.session.id);
  const lists = () => server.count('GET', /sessions(\?|$)/);

  beforeEach(() => {
    clock = new ManualClock();
    stored = many(3);
    server = new FakeServer()
      .on('GET', /sessions(\?|$)/, ({ path }) => {
        const query = new URL(path, 'http://x').searchParams;
        const fitting = stored.filter((s) => s.title.includes(query.get('q') ?? ''));
        const from = Number(query.get('cursor') ?? 0);
        const to = from + Number(query.get('limit'));
        const next = to < fitting.length ? { next: String(to) } : {};
        return { status: 200, body: { sessions: fitting.slice(from, to), ...next } };
      })
      .on('DELETE', /./, () => ({ status: 200, body: {} }))
      .on('POST', /restore$/, () => ({ status: 200, body: {} }));
    library = new LibraryStore(new ApiClient(undefined, server.fetch), clock);
  });

  it('lists what there is and looks again by itself, sooner while something moves', async () => {
    library.start();
    await settle();
    expect(ids()).toEqual(['s0', 's1', 's2']);
    await clock.advance(2000);
    expect(lists()).toBe(1);

    stored = [
      session({ id: 'live', state: 'recording', createdAt: new Date(2e12).toISOString() }),
      ...stored,
    ];
    await clock.advance(18_000);
    expect(ids()[0]).toBe('live');
    await clock.advance(2000);
    expect(lists()).toBe(3);

    library.stop();
    await clock.advance(60_000);
    expect(lists()).toBe(3);
  });

  it('watches closely when it is told that something happens', async () => {
    library.start();
    await settle();
    library.watchClosely(true);
    await clock.advance(4000);
    expect(lists()).toBeGreaterThanOrEqual(3);
  });

  it('reads further pages and keeps them while the first is read again', async () => {
    stored = many(45);
    library.start();
    await settle();
    expect(ids()).toHaveLength(20);
    await library.more();
    await library.more();
    expect(ids()).toEqual(stored.map((s) => s.id));
    expect(library.view.value.hasMore).toBe(false);

    stored = stored.filter((s) => s.id !== 's3');
    await library.refresh();
    expect(ids()).not.toContain('s3');
    expect(ids()).toContain('s44');
    expect(new Set(ids()).size).toBe(ids().length);
    expect(library.view.value.hasMore).toBe(false);
  });

  it('searches after a pause in typing and drops answers to older questions', async () => {
    library.start();
    await settle();
    library.search('Talk 1');
    library.search('Talk 2');
    await clock.advance(249);
    expect(lists()).toBe(1);
    await clock.advance(1);
    expect(ids()).toEqual(['s2']);
    expect(lists()).toBe(2);
  });

  it('keeps what was deleted in its place, so that it can be undone', async () => {
    library.start();
    await settle();
    await library.remove('s1');
    expect(ids()).toEqual(['s0', 's1', 's2']);
    expect(library.view.value.entries[1]?.removed).toBe(true);
    // The list is a little behind: the session is still in it, and then is not.
    await library.refresh();
    expect(library.view.value.entries[1]?.removed).toBe(true);
    const all = stored;
    stored = stored.filter((s) => s.id !== 's1');
    await library.refresh();
    expect(ids()).toEqual(['s0', 's1', 's2']);

    await library.restore('s1');
    await library.refresh();
    expect(library.view.value.entries[1]).toMatchObject({ removed: false, session: { id: 's1' } });
    stored = all;
    await library.refresh();
    stored = stored.filter((s) => s.id !== 's1');
    await library.refresh();
    expect(ids()).toEqual(['s0', 's2']);
  });

  it('forgets a deleted one when told so', async () => {
    library.start();
    await settle();
    await library.remove('s0');
    stored = stored.slice(1);
    library.forget('s0');
    expect(ids()).toEqual(['s1', 's2']);
  });

  it('says at the entry what did not work', async () => {
    server.on('DELETE', /./, () => problem(503, 'overloaded'));
    library.start();
    await settle();
    await library.remove('s1');
    expect(library.view.value.entries[1]).toMatchObject({
      removed: false,
      busy: false,
      error: 'detail of overloaded',
    });
  });

  it('says that the server is away, and recovers', async () => {
    server.down = true;
    library.start();
    await settle();
    expect(library.view.value).toMatchObject({ state: 'failed' });
    expect(library.view.value.error).toMatch(/cannot be reached/);
    server.down = false;
    await clock.advance(2000);
    expect(library.view.value).toMatchObject({ state: 'loaded', error: null });
  });
});
