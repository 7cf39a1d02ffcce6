import { describe, expect, it } from 'vitest';
import type { UploadProgress } from '../upload/chunkUploader';
import { savingWords } from './saving';

const progress = (fields: Partial<UploadProgress>): UploadProgress => ({
  state: 'saving',
  safeChunks: 0,
  safeBytes: 0,
  pendingChunks: 0,
  pendingBytes: 0,
  safeUntilMillis: 0,
  refusal: null,
  ...fields,
});

describe('savingWords', () => {
  it('says up to where it is safe', () => {
    expect(savingWords(progress({ safeUntilMillis: 65_000 }), true)).toMatchObject({
      look: 'good',
      headline: 'Safe up to 1:05',
    });
  });

  it('is calm about the last second, which is always on its way', () => {
    expect(savingWords(progress({ pendingChunks: 1, pendingBytes: 300_000 }), true).look).toBe('good');
  });

  it('says what is only here while the line is slow', () => {
    const words = savingWords(progress({ state: 'behind', pendingChunks: 9, pendingBytes: 3_400_000 }), true);
    expect(words).toMatchObject({ look: 'busy', headline: 'Catching up' });
    expect(words.detail).toContain('3.4 MB');
  });

  it('promises that recording goes on without a connection', () => {
    expect(savingWords(progress({ state: 'offline', pendingChunks: 2 }), true)).toMatchObject({
      look: 'attention',
      headline: 'No connection – recording goes on',
    });
  });

  it('counts down after the stop', () => {
    expect(savingWords(progress({ pendingChunks: 1, pendingBytes: 1 }), false).headline).toBe(
      'Saving the rest',
    );
    expect(savingWords(progress({ safeUntilMillis: 1000 }), false).detail).toBe('Everything is saved.');
  });

  it('lets a refusal speak for itself', () => {
    const refusal = { code: 'x', title: 'Closed', advice: 'Start again' };
    expect(savingWords(progress({ state: 'refused', refusal }), true)).toEqual({
      look: 'bad',
      headline: 'Closed',
      detail: 'Start again',
    });
  });
});
