import type { Loss } from './capture';
import type { RecorderView } from './recorderStore';

export const lossWords: Record<Exclude<Loss, 'shared'>, string> = {
  camera: 'The camera was unplugged',
  microphone: 'The microphone was unplugged',
  recorder: 'The browser stopped recording',
};

/** What a screen reader says when the recorder's state changes. Never the running time. */
export function announcement(view: RecorderView): string {
  switch (view.phase) {
    case 'idle':
      return '';
    case 'asking':
      return 'The browser is asking for your permission.';
    case 'ready':
      return 'The preview is on. Press R to record.';
    case 'recording':
      return recordingWords(view);
    case 'lost':
      return 'Recording is held because a device is gone. Everything until now is kept.';
    case 'stopping':
      return 'Recording has stopped. The rest is being saved.';
    case 'done':
      return view.upload?.phase === 'refused' ? 'The recording could not be saved completely.' : 'Saved.';
    case 'failed':
      return view.problem ? `${view.problem.title}. ${view.problem.advice}` : '';
  }
}

function recordingWords(view: RecorderView): string {
  const refusal = view.progress?.refusal;
  if (refusal) return `${refusal.title}. ${refusal.advice}`;
  return view.progress?.state === 'offline'
    ? 'No connection. Recording goes on, and is saved as soon as the server can be reached.'
    : 'Recording.';
}
