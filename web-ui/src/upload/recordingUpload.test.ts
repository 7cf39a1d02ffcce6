import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../api/client';
import { FakeRecordingServer, indexIn, problem } from '../testing/fakeServer';
import { ManualClock, settle } from '../testing/manualClock';
import { ManualConnectivity } from '../testing/manualConnectivity';
import type { Chunk } from './chunkUploader';
import { LeftoversStore } from './leftovers';
import { RecordingUpload, type UploadContext } from './recordingUpload';
import { IndexedDbVault, type KeptRecording } from './vault';

let databases = 0;

function chunk(index: number, run = 0): Chunk {
  const bytes = new Blob([`chunk ${index}`]);
  return { index, run, bytes, startMillis: index * 1000, endMillis: index * 1000 + 1000 };
}

function recording(fields: Partial<KeptRecording> = {}): KeptRecording {
  return {
    localId: 'local',
    title: 'A talk',
    mimeType: 'video/webm',
    createdMillis: 1,
    session: null,
    chunks: 0,
    stopped: false,
    ...fields,
  };
}

const claims = { claim: async () => true };

describe('a recording on its way to the server', () => {
  let clock: ManualClock;
  let server: FakeRecordingServer;
  let vault: IndexedDbVault;
  let context: UploadContext;
  let signIn: () => void;

  beforeEach(() => {
    clock = new ManualClock();
    server = new FakeRecordingServer();
    vault = new IndexedDbVault(`test-${++databases}`);
    const signedIn = new Promise<void>((resolve) => {
      signIn = resolve;
    });
    context = {
      api: new ApiClient(() => {}, server.fetch),
      vault,
      world: { clock, connectivity: new ManualConnectivity(), random: () => 1 },
      signedIn: () => signedIn,
    };
  });

  /** IndexedDB and digests take turns of their own. */
  const until = async (holds: () => boolean | Promise<boolean>) => {
    for (let turn = 0; turn < 500; turn++) {
      if (await holds()) return;
      await settle();
    }
    throw new Error('it never came to hold');
  };
  const kept = async () => (await vault.chunks('local')).map((c) => c.index);

  it('opens the session, stores every chunk, completes with their number, and keeps nothing', async () => {
    const upload = new RecordingUpload(context, recording());
    void upload.open();
    upload.add(chunk(0));
    upload.add(chunk(1, 1));
    await upload.complete();

    expect(upload.view.value.phase).toBe('complete');
    expect(server.completedWith).toEqual({ chunks: 2 });
    expect([...server.chunks.values()].sort()).toEqual(['chunk 0', 'chunk 1']);
    const put = server.asked.find((asked) => indexIn(asked.path) === 1);
    expect(put?.path).toBe('/api/v1/sessions/s1/chunks/1?run=1');
    expect(put?.headers.get('Authorization')).toBe('Bearer t1');
    expect(put?.headers.get('Content-Digest')).toMatch(/^sha-256=:[A-Za-z0-9+/]{43}=:$/);
    expect(await vault.recordings()).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  it('records on while the server is away, keeps the chunks, and opens the session later', async () => {
    server.down = true;
    const upload = new RecordingUpload(context, recording());
    void upload.open();
    upload.add(chunk(0));
    upload.add(chunk(1));
    await until(async () => (await kept()).length === 2);
    await clock.advance(20_000);
    expect(upload.uploader.progress.value).toMatchObject({ state: 'offline', pendingChunks: 2 });

    server.down = false;
    const completed = upload.complete();
    await clock.advance(10_000);
    await completed;
    expect(server.chunks.size).toBe(2);
  });

  it('waits for the owner when the door asks who it is', async () => {
    server.on('POST', /^\/api\/v1\/sessions$/, () => problem(401, 'owner-only'));
    const upload = new RecordingUpload(context, recording());
    void upload.open();
    await until(() => server.count('POST', /sessions$/) === 1);
    expect(upload.view.value.phase).toBe('opening');

    server.on('POST', /^\/api\/v1\/sessions$/, () => ({
      status: 201,
      body: { id: 's2', uploadToken: 't2' },
    }));
    signIn();
    await until(() => upload.view.value.phase === 'open');
    expect(upload.view.value.session?.id).toBe('s2');
  });

  it('sends again what the server misses', async () => {
    let lied = false;
    server.on('POST', /\/complete$/, ({ body }) => {
      if (!lied) {
        lied = true;
        server.chunks.delete(1);
        return problem(409, 'chunks-missing', { missing: [[1, 1]] });
      }
      server.completedWith = JSON.parse(body);
      return { status: 202 };
    });
    // Chunk 1 is still in the vault: its release is held back by a page that was killed before.
    await vault.keep('local', chunk(1));
    const session = { id: 's1', uploadToken: 't1', watchUrl: '/watch/s1' };
    const upload = new RecordingUpload(context, recording({ session, chunks: 2 }));
    void upload.open();
    await upload.complete();
    expect(server.chunks.get(1)).toBe('chunk 1');
    expect(server.completedWith).toEqual({ chunks: 2 });
  });

  it('closes with an honest gap when a chunk is nowhere any more', async () => {
    const session = { id: 's1', uploadToken: 't1', watchUrl: '/watch/s1' };
    const upload = new RecordingUpload(context, recording({ session, chunks: 1 }));
    void upload.open();
    upload.add(chunk(2));
    await upload.complete();
    expect(server.completedWith).toEqual({ chunks: 3, allowGaps: true });
    expect(upload.view.value).toMatchObject({ phase: 'complete', lostChunks: 2 });
  });

  it('says so when the session was completed otherwise', async () => {
    server.on('POST', /\/complete$/, () => problem(409, 'already-completed', { chunks: 1 }));
    const upload = new RecordingUpload(context, recording());
    void upload.open();
    upload.add(chunk(0));
    await upload.complete();
    expect(upload.view.value.phase).toBe('refused');
    expect(upload.uploader.progress.value.refusal?.title).toBe('This recording was already closed');
  });

  it('uploads even where the browser keeps nothing', async () => {
    const broken = () => Promise.reject(new Error('no disk'));
    const { warn } = console;
    console.warn = () => {};
    const upload = new RecordingUpload(
      {
        ...context,
        vault: { ...vault, save: broken, keep: broken, release: broken, discard: broken } as never,
      },
      recording(),
    );
    void upload.open();
    upload.add(chunk(0));
    await upload.complete();
    console.warn = warn;
    expect(upload.view.value.phase).toBe('complete');
  });

  describe('left behind by a page that died', () => {
    const session = { id: 's1', uploadToken: 't1', watchUrl: '/watch/s1' };

    it('is offered, and finishing it sends only what the server does not have', async () => {
      await vault.save(recording({ session, chunks: 3 }));
      await vault.keep('local', chunk(1));
      await vault.keep('local', chunk(2));
      server.chunks.set(0, 'chunk 0').set(1, 'chunk 1');
      const leftovers = new LeftoversStore(context, claims);
      await leftovers.look();
      expect(leftovers.view.value).toMatchObject([
        { pendingChunks: 2, pendingMillis: 2000, pendingBytes: 14 },
      ]);

      await leftovers.finish('local');
      expect(server.count('PUT', /chunks/)).toBe(1);
      expect(server.completedWith).toEqual({ chunks: 3 });
      expect(leftovers.view.value[0]?.upload?.view.value.phase).toBe('complete');
      expect(await vault.recordings()).toEqual([]);
    });

    it('gets its session only now, if the server had never been reached', async () => {
      await vault.save(recording({ chunks: 1 }));
      await vault.keep('local', chunk(0));
      const leftovers = new LeftoversStore(context, claims);
      await leftovers.look();
      await leftovers.finish('local');
      expect(server.completedWith).toEqual({ chunks: 1 });
    });

    it('counts chunks that the server has and this browser forgot', async () => {
      await vault.save(recording({ session, chunks: 1 }));
      server.chunks.set(0, 'chunk 0').set(1, 'chunk 1');
      const leftovers = new LeftoversStore(context, claims);
      await leftovers.look();
      await leftovers.finish('local');
      expect(server.completedWith).toEqual({ chunks: 2 });
    });

    it('is nobody’s while another page still records it', async () => {
      await vault.save(recording({ session, chunks: 1 }));
      const leftovers = new LeftoversStore(context, { claim: async () => false });
      await leftovers.look();
      expect(leftovers.view.value).toEqual([]);
    });

    it('is forgotten when discarded', async () => {
      await vault.save(recording({ session, chunks: 1 }));
      await vault.keep('local', chunk(0));
      const leftovers = new LeftoversStore(context, claims);
      await leftovers.look();
      await leftovers.discard('local');
      expect(leftovers.view.value).toEqual([]);
      expect(await vault.recordings()).toEqual([]);
      expect(await kept()).toEqual([]);
    });
  });
});
