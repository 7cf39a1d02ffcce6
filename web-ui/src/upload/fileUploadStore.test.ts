import { beforeEach, describe, expect, it } from 'vitest';
import { FileUploadStore, type TransferEvents } from './fileUploadStore';

describe('FileUploadStore', () => {
  let told: TransferEvents[];
  let asked: string[];
  let files: FileUploadStore;
  const file = new File(['0123456789'], 'day.webm', { type: 'video/webm' });
  const latest = (): TransferEvents => {
    const events = told.at(-1);
    if (!events) throw new Error('nothing was sent');
    return events;
  };

  beforeEach(() => {
    told = [];
    asked = [];
    files = new FileUploadStore((_, events) => {
      told.push(events);
      return {
        pause: () => asked.push('pause'),
        resume: () => asked.push('resume'),
        discard: async () => {
          asked.push('discard');
          throw new Error('away');
        },
      };
    });
  });

  it('says how far a file is, and where it plays', () => {
    files.send(file);
    expect(files.view.value).toMatchObject({ phase: 'sending', name: 'day.webm', totalBytes: 10 });
    latest().onProgress(4);
    expect(files.view.value.sentBytes).toBe(4);
    latest().onDone('s1');
    expect(files.view.value).toMatchObject({ phase: 'done', sessionId: 's1', sentBytes: 10 });
  });

  it('pauses and goes on', () => {
    files.send(file);
    files.pause();
    expect(files.view.value.phase).toBe('paused');
    files.pause();
    files.resume();
    expect(files.view.value.phase).toBe('sending');
    expect(asked).toEqual(['pause', 'resume']);
  });

  it('goes on after a failure', () => {
    files.send(file);
    latest().onFailed('The server cannot be reached.');
    expect(files.view.value).toMatchObject({ phase: 'failed', detail: 'The server cannot be reached.' });
    files.resume();
    expect(files.view.value).toMatchObject({ phase: 'sending', detail: null });
  });

  it('sends one file at a time', () => {
    files.send(file);
    files.send(file);
    files.pause();
    files.send(file);
    expect(told).toHaveLength(1);
  });

  it('forgets a file, and what is still told of it', async () => {
    files.send(file);
    const old = latest();
    await files.discard();
    old.onProgress(9);
    old.onDone('s1');
    expect(files.view.value.phase).toBe('idle');
    expect(asked).toEqual(['discard']);
    files.send(file);
    latest().onDone('s2');
    await files.discard();
    expect(asked).toEqual(['discard']);
  });
});
