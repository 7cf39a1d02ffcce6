import type { Camera } from '../api/shapes';
import { momentInWords, plural } from '../design/words';

/** Nobody tries a camera that no process pulls. */
const NOT_PULLED = 'camera-not-pulled';

/** What is wrong with a camera and what happens next; empty while all is well. */
export function troubleWords(camera: Camera, nowMillis: number): string {
  const why = camera.problem?.detail ?? '';
  if (camera.state === 'online') return why;
  const sentences = [
    why || (camera.state === 'offline' ? 'Nothing comes from it.' : 'Waiting for its first picture.'),
  ];
  if (camera.state === 'offline') {
    const hadPictures = camera.lastBytesAt ? Date.parse(camera.lastBytesAt) : null;
    if (hadPictures !== null) {
      sentences.push(`Its last picture came ${momentInSentence(hadPictures, new Date(nowMillis))}.`);
    }
    if (camera.problem?.code !== NOT_PULLED) sentences.push(retryWords(camera.retryAt, nowMillis));
  }
  return sentences.join(' ');
}

/** `It is tried again in 12 seconds, and for ever.` */
export function retryWords(retryAt: string | null | undefined, nowMillis: number): string {
  const seconds = retryAt ? Math.ceil((Date.parse(retryAt) - nowMillis) / 1000) : 0;
  return seconds > 0 ? `It is tried again in ${plural(seconds, 'second')}.` : 'It is being tried right now.';
}

function momentInSentence(millis: number, now: Date): string {
  const words = momentInWords(millis, now);
  return words.startsWith('Today') || words.startsWith('Yesterday')
    ? words[0]?.toLowerCase() + words.slice(1)
    : `on ${words}`;
}

/** `Keeps the last 24 hours`. */
export function historyWords(historySeconds: number): string {
  return historySeconds === 0 ? 'Keeps everything' : `Keeps ${lastWords(historySeconds)}`;
}

/** `24 hours`, `7 days`, `90 seconds`: in the largest unit that is exact. */
export function spanWords(seconds: number): string {
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
  ] as const;
  const [unitSeconds, noun] = units.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [
    1,
    'second',
  ];
  if (seconds === 86_400) return '24 hours';
  return plural(seconds / unitSeconds, noun);
}

/** `the last 24 hours`, `the last minute`. */
function lastWords(seconds: number): string {
  return `the last ${spanWords(seconds).replace(/^1 /, '')}`;
}

/** What becomes of a camera's recording when the camera is deleted. */
export function deletionWords(camera: Camera): string {
  const kept =
    camera.historySeconds === 0
      ? 'Everything it has recorded'
      : `What is there of ${lastWords(camera.historySeconds)}`;
  return `It is not recorded any more. ${kept} stays as an ordinary recording, “${camera.name}”, and is not dropped with time; if you do not want it, delete it in your recordings. Parts you saved stay too.`;
}

/** `The last 5 minutes`, as a choice of what to save. */
export function minutesWords(minutes: number): string {
  const words = lastWords(minutes * 60);
  return words[0]?.toUpperCase() + words.slice(1);
}
