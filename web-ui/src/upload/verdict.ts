import { ApiError, NoAnswerError } from '../api/problem';

/** Why nothing more of a recording can be saved, in words. */
export interface Refusal {
  code: string;
  title: string;
  advice: string;
}

/** What a failed attempt means for the next one. */
export type Verdict =
  /** No answer: the network or the server is away. */
  | { kind: 'unreachable' }
  /** The server asks for patience. */
  | { kind: 'later'; retryAfterMillis: number }
  /** The bytes arrived damaged; worth a few more attempts. */
  | { kind: 'damaged'; refusal: Refusal }
  | { kind: 'refused'; refusal: Refusal };

export function judge(error: unknown): Verdict {
  if (error instanceof NoAnswerError) return { kind: 'unreachable' };
  if (!(error instanceof ApiError)) return { kind: 'later', retryAfterMillis: 0 };
  if (error.status === 422) return { kind: 'damaged', refusal: refusal(error) };
  if (isTemporary(error.status)) return { kind: 'later', retryAfterMillis: error.retryAfterMillis ?? 0 };
  return { kind: 'refused', refusal: refusal(error) };
}

function isTemporary(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

const sentences: Record<number, { title: string; advice: string }> = {
  401: {
    title: 'This recording may not be added to any more',
    advice: 'The permission to write it is not accepted. Stop, and start a new recording.',
  },
  403: {
    title: 'This recording may not be added to any more',
    advice: 'The permission to write it is not accepted. Stop, and start a new recording.',
  },
  404: {
    title: 'This recording was deleted',
    advice: 'Somebody removed it on the server. Stop, and start a new recording.',
  },
  409: {
    title: 'Somebody else is writing this recording',
    advice:
      'Another page has sent other bytes under the same number. Go on in that page, or start a new recording.',
  },
  410: {
    title: 'This recording was already closed',
    advice:
      'It was silent for too long, or it was finished elsewhere. What was saved until then is kept. Start a new recording to go on.',
  },
  413: {
    title: 'This recording has reached its largest size',
    advice: 'What was saved until now is kept. Stop, and start a new recording to go on.',
  },
};

function refusal(error: ApiError): Refusal {
  const known = sentences[error.status];
  return {
    code: error.code,
    title: known?.title ?? 'The server refuses this recording',
    advice: known?.advice ?? error.detail,
  };
}
