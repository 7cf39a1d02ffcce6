import { beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../api/client';
import type { Camera } from '../api/shapes';
import { camera } from '../testing/cameras';
import { FakeServer, problem } from '../testing/fakeServer';
import { ManualClock, settle } from '../testing/manualClock';
import { CamerasStore } from './camerasStore';
import { defaultWish } from './wish';

describe('CamerasStore', () => {
  let clock: ManualClock;
  let server: FakeServer;
  let there: Camera[];
  let store: CamerasStore;
  const view = () => store.view.value;
  const wish = { ...defaultWish, name: ' Garden ', url: ' http://10.0.0.2/ ' };

  beforeEach(() => {
    clock = new ManualClock();
    there = [camera()];
    server = new FakeServer()
      .on('GET', /cameras$/, () => ({ status: 200, body: { cameras: there } }))
      .on('POST', /cameras$/, ({ body }) => {
        there = [...there, camera({ ...JSON.parse(body), id: 'c2', state: 'connecting' })];
        return { status: 201, body: there.at(-1) };
      })
      .on('DELETE', /cameras\/c1$/, () => {
        there = there.filter(({ id }) => id !== 'c1');
        return { status: 204 };
      });
    store = new CamerasStore(new ApiClient(undefined, server.fetch), clock);
  });

  it('looks again, and sooner while something is about to change', async () => {
    store.start();
    await settle();
    expect(view()).toMatchObject({ state: 'loaded', cameras: [{ id: 'c1' }] });
    expect(clock.nextDelayMillis).toBe(4_000);
    there = [camera({ state: 'offline' })];
    await clock.advance(4_000);
    expect(view().cameras[0]?.state).toBe('offline');
    expect(clock.nextDelayMillis).toBe(1_500);
    store.stop();
    expect(clock.nextDelayMillis).toBeUndefined();
  });

  it('shows what it knew while the server is away', async () => {
    store.start();
    await settle();
    server.down = true;
    await clock.advance(4_000);
    expect(view()).toMatchObject({ state: 'loaded', cameras: [{ id: 'c1' }] });
    expect(view().error).toMatch(/cannot be reached/);
    server.down = false;
    await clock.advance(1_500);
    expect(view().error).toBeNull();
  });

  it('adds one, without the blanks around it', async () => {
    expect(await store.add(wish)).toBe(true);
    expect(there[1]).toMatchObject({ name: 'Garden', url: 'http://10.0.0.2/', historySeconds: 86_400 });
    await settle();
    expect(view().cameras.map(({ id }) => id)).toEqual(['c1', 'c2']);
  });

  it('asks nobody what it can tell itself', async () => {
    expect(await store.add(defaultWish)).toBe(false);
    expect(server.asked).toEqual([]);
    store.edited('name');
    expect(Object.keys(view().addErrors)).toEqual(['url']);
  });

  it('says at its field what the server refuses', async () => {
    server.on('POST', /cameras$/, () => problem(422, 'camera-address-refused'));
    expect(await store.add(wish)).toBe(false);
    expect(view()).toMatchObject({ adding: false, addErrors: { url: 'detail of camera-address-refused' } });
  });

  it('deletes one, also when it is gone already', async () => {
    store.start();
    await settle();
    expect(await store.remove('c1')).toBe(true);
    expect(view().cameras).toEqual([]);
    server.on('DELETE', /cameras\/c1$/, () => problem(404, 'camera-unknown'));
    expect(await store.remove('c1')).toBe(true);
    server.on('DELETE', /cameras\/c1$/, () => problem(503, 'overloaded'));
    expect(await store.remove('c1')).toBe(false);
    expect(view()).toMatchObject({ deleting: null, deleteError: 'detail of overloaded' });
  });
});
