import { describe, expect, it } from 'vitest';
import type { CaptureWish } from './capture';
import { chooseMimeType } from './mimeType';
import { captureProblem } from './problems';

const camera: CaptureWish = { source: 'camera', cameraId: 'default', microphoneId: 'default' };
const named = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('captureProblem', () => {
  it.each([
    ['NotAllowedError', 'denied', /camera and microphone/],
    ['NotFoundError', 'no-device', /No camera and microphone was found/],
    ['OverconstrainedError', 'no-device', /No camera/],
    ['NotReadableError', 'busy', /could not be started/],
  ])('%s is %s', (name, code, title) => {
    const problem = captureProblem(named(name), camera);
    expect(problem.code).toBe(code);
    expect(problem.title).toMatch(title);
    expect(problem.advice).not.toBe('');
  });

  it('sends to the system’s settings when it is the system that says no', () => {
    const problem = captureProblem(named('NotAllowedError', 'Permission denied by system'), camera);
    expect(problem.code).toBe('denied-by-system');
    expect(problem.advice).toMatch(/privacy settings/);
  });

  it('takes a closed screen picker for a change of mind', () => {
    expect(captureProblem(named('NotAllowedError'), { ...camera, source: 'screen' }).code).toBe('cancelled');
  });

  it('names only what was asked for', () => {
    expect(captureProblem(named('NotFoundError'), { ...camera, microphoneId: 'none' }).title).toBe(
      'No camera was found',
    );
    expect(captureProblem(named('NotFoundError'), { ...camera, source: 'sound' }).title).toBe(
      'No microphone was found',
    );
  });
});

describe('chooseMimeType', () => {
  const both = { hasPicture: true, hasSound: true };

  it('prefers VP8 and falls back to what the browser has', () => {
    expect(chooseMimeType(both, () => true)).toBe('video/webm;codecs=vp8,opus');
    expect(chooseMimeType(both, (type) => type.includes('h264'))).toBe('video/webm;codecs=h264,opus');
    expect(chooseMimeType(both, () => false)).toBeUndefined();
  });

  it('takes MP4 where there is nothing else', () => {
    const webkit = (type: string) => type.includes('mp4') && !type.includes('avc3') && !type.includes('opus');
    expect(chooseMimeType(both, webkit)).toBe('video/mp4;codecs=avc1.42E01F,mp4a.40.2');
    expect(chooseMimeType({ hasPicture: true, hasSound: false }, webkit)).toBe(
      'video/mp4;codecs=avc1.42E01F',
    );
    expect(chooseMimeType({ hasPicture: false, hasSound: true }, webkit)).toBe('audio/mp4;codecs=mp4a.40.2');
    expect(chooseMimeType(both, (type) => type === 'video/mp4')).toBe('video/mp4');
    expect(chooseMimeType(both, (type) => type.startsWith('video/mp4'))).toBe(
      'video/mp4;codecs=avc3.42E01F,opus',
    );
  });

  it('asks for what the tracks are', () => {
    expect(chooseMimeType({ hasPicture: true, hasSound: false }, () => true)).toBe('video/webm;codecs=vp8');
    expect(chooseMimeType({ hasPicture: false, hasSound: true }, () => true)).toBe('audio/webm;codecs=opus');
  });
});
