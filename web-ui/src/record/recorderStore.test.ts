import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { ApiClient } from '../api/client';
import { FakeRecordingServer } from '../testing/fakeServer';
import { ManualClock, settle } from '../testing/manualClock';
import { ManualConnectivity } from '../testing/manualConnectivity';
import { IndexedDbVault } from '../upload/vault';
import {
  type Capture,
  type CaptureDoor,
  CaptureError,
  type CaptureProblem,
  type CaptureRun,
  type CaptureWish,
  type Device,
  type Loss,
} from './capture';
import { RecorderStore } from './recorderStore';

class FakeCapture implements Capture {
  readonly stream = {} as MediaStream;
  readonly hasPicture = true;
  readonly hasSound = true;
  closed = false;
  runs = 0;
  lose: (loss: Loss) => void = () => {};
  /** Ends the chunk that is being recorded. */
  chunk: (text: string) => void = () => {};

  level(): number {
    return 0;
  }

  onLost(listener: (loss: Loss) => void): void {
    this.lose = listener;
  }

  record(onChunk: (bytes: Blob) => void): CaptureRun {
    this.runs += 1;
    this.chunk = (text) => onChunk(new Blob([text]));
    return { mimeType: 'video/webm;codecs=vp8,opus', stop: async () => this.chunk('last') };
  }

  close(): void {
    this.closed = true;
  }
}

class FakeDoor implements CaptureDoor {
  nothing: CaptureProblem | null = null;
  refusal: CaptureProblem | null = null;
  listed: Device[] = [];
  opened: FakeCapture[] = [];
  wishes: CaptureWish[] = [];
  devicesChanged = () => {};

  obstacle(): CaptureProblem | null {
    return this.nothing;
  }

  async devices(): Promise<Device[]> {
    return this.listed;
  }

  onDevicesChanged(listener: () => void): () => void {
    this.devicesChanged = listener;
    return () => {};
  }

  async open(wish: CaptureWish): Promise<Capture> {
    if (this.refusal) throw new CaptureError(this.refusal);
    this.wishes.push(wish);
    const capture = new FakeCapture();
    this.opened.push(capture);
    return capture;
  }

  get latest(): FakeCapture {
    const capture = this.opened.at(-1);
    if (!capture) throw new Error('nothing was opened');
    return capture;
  }
}

const denied: CaptureProblem = { code: 'denied', title: 'No', advice: 'Allow it' };
let databases = 0;

describe('RecorderStore', () => {
  let clock: ManualClock;
  let server: FakeRecordingServer;
  let door: FakeDoor;
  let recorder: RecorderStore;
  let claimed: string[];

  const make = () =>
    new RecorderStore({
      door,
      upload: {
        api: new ApiClient(undefined, server.fetch),
        vault: new IndexedDbVault(`recorder-${++databases}`),
        world: { clock, connectivity: new ManualConnectivity(), random: () => 1 },
        signedIn: () => Promise.resolve(),
      },
      claims: { claim: async (name) => claimed.push(name) > 0 },
      newLocalId: () => 'local',
    });
  const view = () => recorder.view.value;
  const until = async (holds: () => boolean) => {
    for (let turn = 0; turn < 500 && !holds(); turn++) await settle();
    expect(holds()).toBe(true);
  };

  beforeEach(() => {
    clock = new ManualClock(1_000_000);
    server = new FakeRecordingServer();
    door = new FakeDoor();
    claimed = [];
    recorder = make();
  });

  it('records with one click: asks, records, sends, completes', async () => {
    recorder.setTitle('  My talk ');
    void recorder.record();
    await until(() => view().phase === 'recording');
    expect(claimed).toEqual(['local']);
    await clock.advance(1000);
    door.latest.chunk('one');
    await clock.advance(500);
    expect(view().elapsedMillis).toBeGreaterThanOrEqual(1400);
    await recorder.stop();

    expect(view().phase).toBe('done');
    expect(door.latest.closed).toBe(true);
    expect(server.completedWith).toEqual({ chunks: 2 });
    expect([...server.chunks.entries()]).toEqual([
      [0, 'one'],
      [1, 'last'],
    ]);
    const opened = server.asked.find((asked) => asked.method === 'POST');
    expect(JSON.parse(opened?.body ?? '')).toEqual({
      title: 'My talk',
      mimeType: 'video/webm;codecs=vp8,opus',
      live: true,
    });
    expect(view().elapsedMillis).toBe(1500);
    expect(view().progress?.safeUntilMillis).toBe(1500);
  });

  it('says what to do when permission is refused, and can ask again', async () => {
    door.refusal = denied;
    await recorder.record();
    expect(view()).toMatchObject({ phase: 'failed', problem: denied });
    door.refusal = null;
    await recorder.preview();
    expect(view()).toMatchObject({ phase: 'ready', problem: null });
  });

  it('is not put out when the person chooses no screen', async () => {
    door.refusal = { code: 'cancelled', title: 'No screen was chosen', advice: '' };
    await recorder.record();
    expect(view().phase).toBe('idle');
  });

  it('does not begin on an address where nothing can be recorded', async () => {
    door.nothing = { code: 'insecure', title: 'This address cannot record', advice: '' };
    recorder = make();
    expect(view().phase).toBe('failed');
    await recorder.record();
    expect(door.opened).toEqual([]);
  });

  it('keeps what there is when a device is unplugged, and goes on as another run', async () => {
    void recorder.record();
    await until(() => view().phase === 'recording');
    await clock.advance(1000);
    door.latest.lose('camera');
    await until(() => view().phase === 'lost');
    await until(() => view().elapsedMillis === 1000);
    expect(door.latest.closed).toBe(true);
    await clock.advance(30_000);
    expect(view().elapsedMillis).toBe(1000);

    door.refusal = { code: 'no-device', title: 'No camera was found', advice: '' };
    await recorder.goOn();
    expect(view()).toMatchObject({ phase: 'lost', problem: { code: 'no-device' } });

    door.refusal = null;
    await recorder.choose({ cameraId: 'other' });
    await recorder.goOn();
    expect(view().phase).toBe('recording');
    expect(door.wishes.at(-1)?.cameraId).toBe('other');
    await clock.advance(2000);
    await recorder.stop();
    expect(server.asked.filter((a) => a.method === 'PUT').map((a) => a.path.split('/').at(-1))).toEqual([
      '0?run=0',
      '1?run=1',
    ]);
    expect(view().elapsedMillis).toBe(3000);
    expect(server.completedWith).toEqual({ chunks: 2 });
  });

  it('takes the end of screen sharing for the end of the recording', async () => {
    await recorder.choose({ source: 'screen' });
    void recorder.record();
    await until(() => view().phase === 'recording');
    door.latest.lose('shared');
    await until(() => view().phase === 'done');
    expect(server.completedWith).toEqual({ chunks: 1 });
  });

  it('records on while nobody answers', async () => {
    server.down = true;
    void recorder.record();
    await until(() => view().phase === 'recording');
    for (let second = 0; second < 20; second++) {
      await clock.advance(1000);
      door.latest.chunk(`${second}`);
    }
    expect(view()).toMatchObject({ phase: 'recording', progress: { state: 'offline', pendingChunks: 20 } });
    server.down = false;
    await clock.advance(10_000);
    await until(() => view().progress?.pendingChunks === 0);
    expect(view().progress?.safeUntilMillis).toBe(20_000);
  });

  it('changes the preview over to another device, and leaves a running recording alone', async () => {
    await recorder.preview();
    const first = door.latest;
    await recorder.choose({ microphoneId: 'm2' });
    expect(first.closed).toBe(true);
    expect(door.wishes.at(-1)?.microphoneId).toBe('m2');
    void recorder.record();
    await until(() => view().phase === 'recording');
    await recorder.choose({ microphoneId: 'm3' });
    expect(view().wish.microphoneId).toBe('m2');
  });

  it('tells when a device of the preview goes away', async () => {
    await recorder.preview();
    door.latest.lose('camera');
    await until(() => view().phase === 'failed');
    expect(view().problem?.title).toBe('The device is gone');
    expect(door.latest.closed).toBe(true);
  });

  it('lists devices again when they change', async () => {
    door.listed = [{ id: 'c', kind: 'camera', label: 'Good camera' }];
    door.devicesChanged();
    await settle();
    expect(view().devices).toEqual(door.listed);
  });

  it('puts a finished recording aside for the next one', async () => {
    void recorder.record();
    await until(() => view().phase === 'recording');
    await recorder.stop();
    recorder.close();
    expect(view()).toMatchObject({ phase: 'idle', upload: null, elapsedMillis: 0, title: '' });
    void recorder.record();
    await until(() => view().phase === 'recording');
    expect(view().elapsedMillis).toBe(0);
    recorder.dispose();
  });
});
