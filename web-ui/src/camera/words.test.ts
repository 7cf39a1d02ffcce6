import { describe, expect, it } from 'vitest';
import { camera } from '../testing/cameras';
import { deletionWords, historyWords, minutesWords, retryWords, spanWords, troubleWords } from './words';

const now = Date.parse('2026-11-21T12:00:00Z');
const problem = { code: 'camera-unreachable', detail: 'It does not answer.' };

describe('troubleWords', () => {
  it('is silent while all is well', () => {
    expect(troubleWords(camera(), now)).toBe('');
  });

  it('says why it is offline, since when, and when it is tried again', () => {
    const offline = camera({ state: 'offline', problem, retryAt: '2026-11-21T12:00:11.2Z' });
    expect(troubleWords(offline, now)).toMatch(
      /^It does not answer\. Its last picture came today, .+\. It is tried again in 12 seconds\.$/,
    );
  });

  it('says so where nothing ever came', () => {
    const offline = camera({ state: 'offline', problem, lastBytesAt: null });
    expect(troubleWords(offline, now)).toBe('It does not answer. It is being tried right now.');
  });

  it('promises no try of a camera that nobody pulls', () => {
    const waiting = { code: 'camera-not-pulled', detail: 'No process pulls this camera.' };
    const offline = camera({ state: 'offline', problem: waiting, lastBytesAt: null });
    expect(troubleWords(offline, now)).toBe('No process pulls this camera.');
  });

  it('waits for a first picture without a complaint', () => {
    expect(troubleWords(camera({ state: 'connecting' }), now)).toBe('Waiting for its first picture.');
  });

  it('says what else is wrong', () => {
    expect(troubleWords(camera({ problem }), now)).toBe('It does not answer.');
  });
});

it('never counts below zero', () => {
  expect(retryWords('2026-11-21T11:59:00Z', now)).toBe('It is being tried right now.');
  expect(retryWords('2026-11-21T12:00:00.5Z', now)).toBe('It is tried again in 1 second.');
});

it('tells spans in the largest exact unit', () => {
  expect([30, 60, 90, 3_600, 86_400, 604_800].map(spanWords)).toEqual([
    '30 seconds',
    '1 minute',
    '90 seconds',
    '1 hour',
    '24 hours',
    '7 days',
  ]);
  expect(historyWords(0)).toBe('Keeps everything');
  expect(historyWords(60)).toBe('Keeps the last minute');
  expect(minutesWords(1)).toBe('The last minute');
  expect(minutesWords(120)).toBe('The last 2 hours');
});

it('says what a deletion leaves', () => {
  expect(deletionWords(camera({ historySeconds: 3_600 }))).toContain('What is there of the last hour stays');
  expect(deletionWords(camera({ historySeconds: 0 }))).toContain('Everything it has recorded stays');
});
