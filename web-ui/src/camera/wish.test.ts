import { describe, expect, it } from 'vitest';
import { ApiError, NoAnswerError } from '../api/problem';
import { defaultWish, refusal, wishErrors } from './wish';

describe('wishErrors', () => {
  const url = (address: string) => wishErrors({ ...defaultWish, name: 'Door', url: address }).url;

  it('wants a name and an address', () => {
    expect(Object.keys(wishErrors(defaultWish))).toEqual(['name', 'url']);
    expect(wishErrors({ ...defaultWish, name: ' Door ', url: ' rtsp://10.0.0.1/a ' })).toEqual({});
  });

  it('knows which addresses are none', () => {
    expect(url('192.168.1.20/video')).toMatch(/Begin with/);
    expect(url('ftp://host/a')).toMatch(/by ftp:/);
    expect(url('file:///etc/passwd')).toMatch(/by file:/);
    expect(url('http://')).toMatch(/no whole address/);
    expect(url('http://a b/')).toMatch(/no whole address/);
  });

  it('leaves the rest to the server', () => {
    for (const fine of ['http://[::1]:80/x', 'HTTPS://cam.example/a?b=c', 'rtsp://me:p%40ss@cam:554/1']) {
      expect(url(fine)).toBeUndefined();
    }
  });
});

describe('refusal', () => {
  const refused = (code: string, members: Record<string, unknown> = {}) =>
    refusal(new ApiError(422, { code, detail: 'No.', members }));

  it('belongs to the field that the server names', () => {
    expect(refused('camera-invalid', { field: 'historySeconds' })).toEqual({ historySeconds: 'No.' });
    expect(refused('camera-address-refused')).toEqual({ url: 'No.' });
  });

  it('belongs to the form else', () => {
    expect(refused('camera-invalid', { field: 'sessionId' })).toEqual({ form: 'No.' });
    expect(refusal(new NoAnswerError(null)).form).toMatch(/cannot be reached/);
  });
});
