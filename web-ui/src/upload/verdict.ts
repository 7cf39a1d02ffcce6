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
  if (isTemporary(error)) return { kind: 'later', retryAfterMillis: error.retryAfterMillis ?? 0 };
  return { kind: 'refused', refusal: refusal(error) };
}

function isTemporary({ status, code }: ApiError): boolean {
  // The line broke while the chunk was on its way.
  if (code === 'chunk-cut-short') return true;
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

interface Sentences {
  title: string;
  advice: string;
}

const closed: Sentences = {
  title: 'This recording was already closed',
  advice:
    'It was silent for too long, or it was finished elsewhere. What was saved until then is kept. Start a new recording to go on.',
};
const deleted: Sentences = {
  title: 'This recording was deleted',
  advice: 'Somebody removed it on the server. Stop, and start a new recording.',
};
const notAllowed: Sentences = {
  title: 'This recording may not be added to any more',
  advice: 'The permission to write it is not accepted. Stop, and start a new recording.',
};
const conflict: Sentences = {
  title: 'Somebody else is writing this recording',
  advice:
    'Another page has sent other bytes under the same number. Go on in that page, or start a new recording.',
};
const full: Sentences = {
  title: 'This recording has reached its largest size',
  advice: 'What was saved until now is kept. Stop, and start a new recording to go on.',
};

const byCode: Record<string, Sentences> = {
  'session-closed': closed,
  'already-completed': closed,
  'session-deleted': deleted,
  'session-unknown': deleted,
  'upload-token-wrong': notAllowed,
  'chunk-conflict': conflict,
  'run-falls': conflict,
  'session-full': full,
};

/** For codes that are newer than this page. */
const byStatus: Record<number, Sentences> = {
  401: notAllowed,
  404: deleted,
  409: conflict,
  410: closed,
  413: full,
};

function refusal(error: ApiError): Refusal {
  const known = byCode[error.code] ?? byStatus[error.status];
  return {
    code: error.code,
    title: known?.title ?? 'The server refuses this recording',
    advice: known?.advice ?? error.detail,
  };
}
