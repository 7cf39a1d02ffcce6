import { beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../api/client';
import type { Camera } from '../api/shapes';
import { camera } from '../testing/cameras';
import { FakeServer, problem } from '../testing/fakeServer';
import { ManualClock, settle } from '../testing/manualClock';
import { session } from '../testing/sessions';
import { CameraStore } from './cameraStore';

describe('CameraStore', () => {
  let clock: ManualClock;
  let server: FakeServer;
  let now: Camera;
  let store: CameraStore;
  const view = () => store.view.value;

  beforeEach(() => {
    clock = new ManualClock();
    now = camera();
    server = new FakeServer()
      .on('GET', /cameras\/c1$/, () => ({ status: 200, body: now }))
      .on('GET', /sessions\/s1$/, () => ({ status: 200, body: session({ state: 'recording' }) }))
      .on('POST', /recordings$/, () => ({
        status: 201,
        body: { id: 's9', state: 'completing', playlistUrl: '/hls/s9', watchUrl: '/watch/s9' },
      }))
      .on('DELETE', /cameras\/c1$/, () => ({ status: 204 }));
    store = new CameraStore('c1', new ApiClient(undefined, server.fetch), clock);
    store.start();
  });

  it('follows the camera, and the session it writes to', async () => {
    await settle();
    expect(view()).toMatchObject({ state: 'found', camera: { id: 'c1' }, session: { id: 's1' } });
    server.on('GET', /sessions\/s2$/, () => problem(404, 'session-unknown'));
    now = camera({ sessionId: 's2' });
    await clock.advance(2_500);
    expect(view()).toMatchObject({ camera: { sessionId: 's2' }, session: null });
    expect(clock.nextDelayMillis).toBe(1_000);
  });

  it('keeps what it knows while the server is away', async () => {
    await settle();
    server.down = true;
    await clock.advance(2_500);
    expect(view()).toMatchObject({ state: 'found', camera: { id: 'c1' } });
    expect(view().trouble).toMatch(/cannot be reached/);
  });

  it('saves the last minutes under a title', async () => {
    await settle();
    store.edit({ minutes: 5, title: 'Fox' });
    await store.save('Door');
    expect(JSON.parse(server.asked.at(-1)?.body ?? '')).toEqual({ minutes: 5, title: 'Fox' });
    expect(view()).toMatchObject({
      saving: false,
      saved: [{ id: 's9', title: 'Fox' }],
      draft: { title: '', minutes: 5 },
    });
  });

  it('saves what is between two places, once both are marked', async () => {
    await settle();
    store.edit({ kind: 'between', fromMillis: 1_000 });
    await store.save('Door');
    expect(server.count('POST', /recordings/)).toBe(0);
    store.edit({ toMillis: 3_000 });
    await store.save('Door');
    expect(JSON.parse(server.asked.at(-1)?.body ?? '')).toEqual({
      from: '1970-01-01T00:00:01.000Z',
      to: '1970-01-01T00:00:03.000Z',
      title: 'Door',
    });
  });

  it('says why nothing could be saved, and keeps the draft', async () => {
    server.on('POST', /recordings$/, () => problem(409, 'nothing-to-save'));
    store.edit({ title: 'Fox' });
    await store.save('Door');
    expect(view()).toMatchObject({
      saveError: 'detail of nothing-to-save',
      draft: { title: 'Fox' },
      saved: [],
    });
    store.edit({ title: 'Foxes' });
    expect(view().saveError).toBeNull();
  });

  it('asks no more once it is deleted', async () => {
    await settle();
    expect(await store.remove()).toBe(true);
    expect(view().state).toBe('deleted');
    expect(clock.nextDelayMillis).toBeUndefined();
  });

  it('knows a camera that is none', async () => {
    await settle();
    server.on('GET', /cameras\/c1$/, () => problem(404, 'camera-unknown'));
    await clock.advance(2_500);
    expect(view().state).toBe('not-found');
  });
});
