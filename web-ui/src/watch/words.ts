import type { Session } from '../api/shapes';

/** What a session's state means for somebody who watches. */
export function stateWords(session: Session): string {
  if (session.failure) return session.failure.message;
  switch (session.state) {
    case 'recording':
      return 'It is being recorded right now. You can rewind as far as you like.';
    case 'interrupted':
      return 'The recorder is out of reach for the moment. It goes on here as soon as it is back.';
    case 'completing':
      return 'The recording has ended; its last seconds are being prepared.';
    case 'ready':
      return '';
    case 'failed':
      return 'Something went wrong with this recording. What could be saved is here.';
  }
}
