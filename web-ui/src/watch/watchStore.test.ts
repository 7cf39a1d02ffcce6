import { beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../api/client';
import type { Report, Session, Task } from '../api/shapes';
import type { TaskFeed } from '../api/taskFeed';
import { FakeServer, problem } from '../testing/fakeServer';
import { ManualClock, settle } from '../testing/manualClock';
import { session } from '../testing/sessions';
import { WatchStore } from './watchStore';
import { mergedGaps, reportTitle, stateWords } from './words';

class FakeFeed implements TaskFeed {
  followed: string[] = [];
  tell: (task: Task) => void = () => {};
  follow(taskId: string, listener: (task: Task) => void): () => void {
    this.followed.push(taskId);
    this.tell = listener;
    return () => {};
  }
}

const task = (fields: Partial<Task>): Task => ({
  id: 't1',
  type: 'export',
  format: 'mp4',
  sessionId: 's1',
  state: 'running',
  progress: 0,
  createdAt: '2026-11-21T10:00:00Z',
  ...fields,
});

const report = (fields: Partial<Report>): Report => ({
  checkedAt: '2026-11-21T10:00:30Z',
  result: 'passed',
  words: 'Everything is here.',
  checks: [],
  missing: [],
  ...fields,
});

describe('WatchStore', () => {
  let clock: ManualClock;
  let server: FakeServer;
  let feed: FakeFeed;
  let current: Session | null;
  let watch: WatchStore;
  const view = () => watch.view.value;
  const start = async (first: Session | null) => {
    current = first;
    watch.start();
    await settle();
  };

  beforeEach(() => {
    clock = new ManualClock();
    feed = new FakeFeed();
    server = new FakeServer()
      .on('GET', /sessions\/s1$/, () =>
        current ? { status: 200, body: current } : problem(404, 'session-not-found'),
      )
      .on('POST', /exports$/, () => ({ status: 202, body: task({ state: 'queued' }) }))
      .on('POST', /retry$/, () => ({ status: 202, body: task({ state: 'queued' }) }));
    watch = new WatchStore('s1', new ApiClient(undefined, server.fetch), feed, clock);
  });

  it('looks more often for the beginning of a file', async () => {
    await start(session({ live: false, state: 'completing', durationMillis: 0 }));
    current = session({ live: false, state: 'completing', durationMillis: 2000 });
    await clock.advance(150);
    expect(view().session?.durationMillis).toBe(2000);
  });

  it('has no more qualities made', async () => {
    server.on('POST', /processing\/cancel$/, () => ({ status: 202 }));
    await start(session({ state: 'completing', processing: { progress: 0.5 } }));
    await watch.cancelProcessing();
    expect(server.count('POST', /s1\/processing\/cancel$/)).toBe(1);
    expect(view().trouble).toBeNull();

    server.on('POST', /processing\/cancel$/, () => problem(409, 'still-recording'));
    await watch.cancelProcessing();
    expect(view().trouble).not.toBeNull();
  });

  it('waits for the first picture, follows the recording, and becomes the recording', async () => {
    await start(session({ state: 'recording', durationMillis: 0 }));
    current = session({ state: 'recording', durationMillis: 2000 });
    await clock.advance(1000);
    expect(view().session?.durationMillis).toBe(2000);
    current = session({ state: 'completing' });
    await clock.advance(2000);
    current = session({ state: 'ready' });
    await clock.advance(2000);
    expect(view().session?.state).toBe('ready');
    const asked = server.asked.length;
    await clock.advance(14_000);
    expect(server.asked.length).toBe(asked);
  });

  it('gives a link that is quicker than the list a moment', async () => {
    await start(null);
    expect(view().state).toBe('loading');
    current = session();
    await clock.advance(1000);
    expect(view().state).toBe('found');
  });

  it('says that there is nothing, and still notices an undone deletion', async () => {
    await start(null);
    await clock.advance(3000);
    expect(view().state).toBe('loading');
    await clock.advance(1000);
    expect(view().state).toBe('not-found');
    await clock.advance(120_000);
    const asked = server.asked.length;
    await clock.advance(14_000);
    expect(server.asked.length).toBeLessThanOrEqual(asked + 1);
    current = session();
    await clock.advance(15_000);
    expect(view().state).toBe('found');
  });

  it('notices a deletion at once', async () => {
    await start(session({ state: 'recording' }));
    current = null;
    await clock.advance(2000);
    expect(view().state).toBe('not-found');
  });

  it('keeps showing what it knows while the server is away', async () => {
    await start(session({ state: 'recording' }));
    server.down = true;
    await clock.advance(2000);
    expect(view()).toMatchObject({ state: 'found', session: { id: 's1' } });
    expect(view().trouble).toMatch(/cannot be reached/);
    server.down = false;
    await clock.advance(2000);
    expect(view().trouble).toBeNull();
  });

  it('says what the finished recording was found to be, and again once there is an MP4', async () => {
    let checked = problem(404, 'not-yet-checked');
    server.on('GET', /report$/, () => checked);
    await start(session({ state: 'recording' }));
    expect(server.count('GET', /report$/)).toBe(0);
    current = session();
    await clock.advance(2000);
    expect(view()).toMatchObject({ state: 'found', report: null, trouble: null });
    checked = { status: 200, body: report({ result: 'passed' }) };
    await clock.advance(15_000);
    expect(view().report?.result).toBe('passed');
    await clock.advance(15_000);
    expect(server.count('GET', /report$/)).toBe(2);
    checked = { status: 200, body: report({ result: 'failed' }) };
    const made = { taskId: 't1', format: 'mp4', state: 'succeeded' as const, progress: 1, url: '/m.mp4' };
    current = session({ exports: [made] });
    await clock.advance(15_000);
    expect(view().report?.result).toBe('failed');
  });

  it('shows progress and result of an export to whoever watches', async () => {
    const making = { taskId: 't1', format: 'mp4', state: 'running' as const, progress: 0.4 };
    await start(session({ exports: [making] }));
    expect(view().download).toMatchObject({ state: 'making', progress: 0.4 });
    current = session({ exports: [{ ...making, state: 'succeeded', progress: 1, url: '/m.mp4', bytes: 7 }] });
    await clock.advance(2000);
    expect(view().download).toMatchObject({ state: 'ready', url: '/m.mp4', sizeBytes: 7 });
  });

  it('takes the word of a followed task over the list’s, which is behind', async () => {
    const listed = { taskId: 't1', format: 'mp4', state: 'running' as const, progress: 0.1 };
    await start(session({ exports: [listed] }));
    watch.follow();
    watch.follow();
    expect(feed.followed).toEqual(['t1']);
    feed.tell(task({ progress: 0.7 }));
    await clock.advance(2000);
    expect(view().download.progress).toBe(0.7);
    feed.tell(task({ state: 'succeeded', progress: 1, resultUrl: '/m.mp4', resultBytes: 9 }));
    expect(view().download).toMatchObject({ state: 'ready', url: '/m.mp4', sizeBytes: 9 });
  });

  it('has an MP4 made, and made again when it failed', async () => {
    await start(session());
    await watch.makeDownload();
    expect(view().download).toMatchObject({ state: 'making', taskId: 't1' });
    feed.tell(task({ state: 'failed', error: 'The disk is full.' }));
    expect(view().download).toMatchObject({ state: 'failed', error: 'The disk is full.' });
    await watch.makeDownload();
    expect(server.count('POST', /exports$/)).toBe(1);
    expect(server.count('POST', /tasks\/t1\/retry$/)).toBe(1);
    expect(feed.followed).toEqual(['t1', 't1']);
  });

  it('says why an MP4 cannot be asked for', async () => {
    server.on('POST', /exports$/, () => problem(409, 'nothing-to-export'));
    await start(session());
    await watch.makeDownload();
    expect(view().download).toMatchObject({ state: 'failed', error: 'detail of nothing-to-export' });
  });
});

describe('stateWords', () => {
  it('lets a failure speak, whatever the state', () => {
    const failure = { code: 'x', message: 'The sound is missing.' };
    expect(stateWords(session({ failure }))).toBe('The sound is missing.');
    expect(stateWords(session({ state: 'failed', failure }))).toBe('The sound is missing.');
  });

  it('says nothing about a recording that is as it should be', () => {
    expect(stateWords(session())).toBe('');
  });
});

describe('mergedGaps', () => {
  const gap = (startMillis: number, durationMillis: number, reason = 'lost') => ({
    startMillis,
    durationMillis,
    reason,
  });

  it('joins what follows each other for the same reason, and nothing else', () => {
    expect(mergedGaps([gap(0, 2000), gap(2000, 2000), gap(6000, 2000), gap(8000, 1000, 'broken')])).toEqual([
      gap(0, 4000),
      gap(6000, 2000),
      gap(8000, 1000, 'broken'),
    ]);
  });
});

describe('reportTitle', () => {
  it('tells missing time from what is wrong', () => {
    const missing = [{ startMillis: 0, durationMillis: 10 }];
    expect(reportTitle(report({}))).toBe('Checked: complete');
    expect(reportTitle(report({ missing }))).toMatch(/but for what is missing/);
    expect(reportTitle(report({ result: 'failed', missing }))).toMatch(/not everything/);
  });
});
