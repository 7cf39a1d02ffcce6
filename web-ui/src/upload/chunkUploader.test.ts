import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError, NoAnswerError } from '../api/problem';
import { ManualClock, settle } from '../testing/manualClock';
import { ManualConnectivity } from '../testing/manualConnectivity';
import { type Chunk, ChunkUploader } from './chunkUploader';

function chunk(index: number, seconds = 1): Chunk {
  const startMillis = index * seconds * 1000;
  const bytes = new Blob([`chunk ${index}`]);
  return { index, run: 0, bytes, startMillis, endMillis: startMillis + seconds * 1000 };
}

function refusal(status: number, code: string, retryAfterMillis?: number): ApiError {
  return new ApiError(status, { code, detail: code, members: {} }, retryAfterMillis);
}

const later = (retryAfterMillis?: number) => refusal(503, 'overloaded', retryAfterMillis);

describe('ChunkUploader', () => {
  let clock: ManualClock;
  let connectivity: ManualConnectivity;
  let safe: number[];
  let uploader: ChunkUploader;
  /** Attempts under way, to be answered by the test. */
  let attempts: { index: number; succeed(): void; fail(error: unknown): void }[];

  const send = (sent: Chunk) =>
    new Promise<void>((resolve, reject) => {
      const attempt = {
        index: sent.index,
        succeed: () => done(resolve),
        fail: (e: unknown) => done(() => reject(e)),
      };
      const done = (end: () => void) => {
        attempts = attempts.filter((other) => other !== attempt);
        end();
      };
      attempts.push(attempt);
    });
  const underWay = () => attempts.map((attempt) => attempt.index);
  const attempt = (index: number) => {
    const found = attempts.find((a) => a.index === index);
    if (!found) throw new Error(`chunk ${index} is not under way, but ${underWay()}`);
    return found;
  };
  const succeed = async (index: number) => {
    attempt(index).succeed();
    await settle();
  };
  const fail = async (index: number, error: unknown) => {
    attempt(index).fail(error);
    await settle();
  };

  beforeEach(() => {
    clock = new ManualClock();
    connectivity = new ManualConnectivity();
    safe = [];
    attempts = [];
    uploader = new ChunkUploader({ clock, connectivity, random: () => 1 }, (c) => safe.push(c.index));
  });

  it('queues until it knows where to send, then sends in order and at most three at once', async () => {
    for (const index of [0, 1, 2, 3, 4]) uploader.add(chunk(index));
    expect(underWay()).toEqual([]);
    expect(uploader.progress.value).toMatchObject({ pendingChunks: 5, safeUntilMillis: 0 });

    uploader.open(send);
    expect(underWay()).toEqual([0, 1, 2]);
    await succeed(1);
    expect(underWay()).toEqual([0, 2, 3]);
    expect(safe).toEqual([1]);
  });

  it('calls safe only what has nothing unsafe before it', async () => {
    uploader.open(send);
    for (const index of [0, 1, 2]) uploader.add(chunk(index));
    await succeed(2);
    await succeed(1);
    expect(uploader.progress.value.safeUntilMillis).toBe(0);
    await succeed(0);
    expect(uploader.progress.value).toMatchObject({
      safeUntilMillis: 3000,
      safeChunks: 3,
      safeBytes: 21,
      pendingBytes: 0,
      state: 'saving',
    });
  });

  it('holds the line after a failure and probes with one chunk before it opens again', async () => {
    uploader.open(send);
    for (const index of [0, 1, 2, 3]) uploader.add(chunk(index));
    await fail(0, later());
    await succeed(1);
    await succeed(2);
    expect(underWay()).toEqual([]);
    expect(uploader.progress.value.state).toBe('saving');

    await clock.advance(500);
    expect(underWay()).toEqual([0, 3]);
  });

  it('is behind while the server asks for patience', async () => {
    uploader.open(send);
    uploader.add(chunk(0));
    uploader.add(chunk(1));
    await fail(0, later(3000));
    await fail(1, later(3000));
    expect(uploader.progress.value.state).toBe('behind');
    await clock.advance(2999);
    expect(underWay()).toEqual([]);
    await clock.advance(1);
    expect(underWay()).toEqual([0]);
  });

  it('is behind while the line is too slow for what comes in', () => {
    uploader.open(send);
    for (let index = 0; index < 8; index++) uploader.add(chunk(index));
    expect(uploader.progress.value.state).toBe('behind');
  });

  it('never gives up while nobody answers, and goes on at once when the browser is back online', async () => {
    uploader.open(send);
    uploader.add(chunk(0));
    for (let failure = 0; failure < 50; failure++) {
      await fail(0, new NoAnswerError('gone'));
      expect(uploader.progress.value.state).toBe('offline');
      await clock.advance(10_000);
    }
    await fail(0, new NoAnswerError('gone'));
    connectivity.comeOnline();
    expect(underWay()).toEqual([0]);
    await succeed(0);
    expect(uploader.progress.value.state).toBe('saving');
    await expect(uploader.settled()).resolves.toBe('safe');
  });

  it.each([
    [410, 'session-closed', 'already closed'],
    [401, 'upload-token-wrong', 'may not be added to'],
    [413, 'session-full', 'largest size'],
    [409, 'chunk-conflict', 'Somebody else'],
    [404, 'session-unknown', 'deleted'],
  ])('stops for good at %i %s and says so in words', async (status, code, words) => {
    uploader.open(send);
    for (const index of [0, 1, 2, 3]) uploader.add(chunk(index));
    await fail(0, refusal(status, code));
    expect(uploader.progress.value.state).toBe('refused');
    expect(uploader.progress.value.refusal?.title).toContain(words);
    await succeed(1);
    await clock.advance(60_000);
    expect(underWay()).toEqual([2]);
    await expect(uploader.settled()).resolves.toBe('refused');
  });

  it('sends damaged bytes again, but not for ever', async () => {
    uploader.open(send);
    uploader.add(chunk(0));
    for (let failure = 0; failure < 3; failure++) {
      await fail(0, refusal(422, 'content-digest-mismatch'));
      expect(uploader.progress.value.refusal).toBeNull();
      await clock.advance(10_000);
    }
    await fail(0, refusal(422, 'content-digest-mismatch'));
    expect(uploader.progress.value.state).toBe('refused');
  });

  it('sends nothing more once stopped', async () => {
    uploader.open(send);
    uploader.add(chunk(0));
    await fail(0, later());
    uploader.stop();
    connectivity.comeOnline();
    await clock.advance(60_000);
    expect(underWay()).toEqual([]);
  });
});
