import { ApiError, words } from '../api/problem';
import type { CameraWish } from '../api/shapes';

/** What can be wrong with a wish, each at its field; `form` is for what belongs to none. */
export type WishErrors = Partial<Record<keyof CameraWish | 'form', string>>;

export const defaultWish: CameraWish = { name: '', url: '', segmentSeconds: 2, historySeconds: 86_400 };

export const segmentChoices = [1, 2, 4, 6, 10] as const;
export const historyChoices = [60, 600, 3_600, 21_600, 86_400, 604_800, 0] as const;

const schemes = ['http:', 'https:', 'rtsp:'];

/** What can be told without asking anybody. The server looks again, and further. */
export function wishErrors(wish: CameraWish): WishErrors {
  const errors: WishErrors = {};
  if (wish.name.trim() === '') errors.name = 'Give it a name, like “Front door”.';
  const url = addressError(wish.url.trim());
  if (url !== null) errors.url = url;
  return errors;
}

function addressError(text: string): string | null {
  if (text === '') return 'Say where the camera is, like http://192.168.1.20/video.mjpg.';
  const scheme = /^([a-z][a-z0-9+.-]*:)\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return 'Begin with http://, https:// or rtsp://.';
  if (!schemes.includes(scheme)) return `A camera cannot be reached by ${scheme}//. Use http, https or rtsp.`;
  return URL.canParse(text) && new URL(text).hostname !== ''
    ? null
    : 'This is no whole address. Write it as http://host:port/path.';
}

/** Where a refusal belongs. */
export function refusal(error: unknown): WishErrors {
  if (!(error instanceof ApiError)) return { form: words(error) };
  const { field } = error.members;
  if (isField(field)) return { [field]: error.detail };
  return error.code === 'camera-address-refused' ? { url: error.detail } : { form: error.detail };
}

function isField(field: unknown): field is keyof CameraWish {
  return typeof field === 'string' && field in defaultWish;
}
