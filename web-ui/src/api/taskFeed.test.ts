import { beforeEach, describe, expect, it } from 'vitest';
import { FakeServer } from '../testing/fakeServer';
import { ManualClock, settle } from '../testing/manualClock';
import { ApiClient } from './client';
import type { Task, TaskState } from './shapes';
import { type Events, LiveTaskFeed } from './taskFeed';

class FakeEvents implements Events {
  closed = false;
  readonly #listeners: Record<string, ((event: { data?: unknown }) => void)[]> = {};

  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.#listeners[type] = [...(this.#listeners[type] ?? []), listener];
  }

  close(): void {
    this.closed = true;
  }

  send(type: string, data?: unknown): void {
    for (const listener of this.#listeners[type] ?? []) listener({ data: JSON.stringify(data) });
  }
}

const task = (state: TaskState, progress: number): Task => ({
  id: 't',
  type: 'export',
  format: 'mp4',
  sessionId: 's',
  state,
  progress,
  createdAt: '2026-11-21T10:00:00Z',
});

describe('LiveTaskFeed', () => {
  let clock: ManualClock;
  let server: FakeServer;
  let events: FakeEvents;
  let heard: string[];
  let now: Task;
  let feed: LiveTaskFeed;
  const follow = () => feed.follow('t', (t) => heard.push(`${t.state} ${t.progress}`));

  beforeEach(() => {
    clock = new ManualClock();
    events = new FakeEvents();
    heard = [];
    now = task('running', 0.1);
    server = new FakeServer().on('GET', /tasks\/t$/, () => ({ status: 200, body: now }));
    feed = new LiveTaskFeed(new ApiClient(undefined, server.fetch), clock, () => events);
  });

  it('passes on what the events say, until the task is over', () => {
    follow();
    events.send('task', task('running', 0.5));
    expect(events.closed).toBe(false);
    events.send('task', task('succeeded', 1));
    events.send('task', task('running', 0.9));
    expect(heard).toEqual(['running 0.5', 'succeeded 1']);
    expect(events.closed).toBe(true);
  });

  it('asks now and then where events do not get through', async () => {
    follow();
    events.send('error');
    await settle();
    now = task('running', 0.6);
    await clock.advance(1500);
    now = task('failed', 0.6);
    await clock.advance(1500);
    await clock.advance(60_000);
    expect(heard).toEqual(['running 0.1', 'running 0.6', 'failed 0.6']);
    expect(server.asked).toHaveLength(3);
  });

  it('goes on asking while the server is away', async () => {
    server.down = true;
    follow();
    events.send('error');
    await clock.advance(5000);
    server.down = false;
    await clock.advance(1500);
    expect(heard).toEqual(['running 0.1']);
  });

  it('is silent once cancelled', async () => {
    const cancel = follow();
    events.send('error');
    cancel();
    await clock.advance(10_000);
    expect(heard).toEqual([]);
    expect(clock.nextDelayMillis).toBeUndefined();
  });
});
