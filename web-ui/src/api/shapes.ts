/** JSON as the doors speak it. Times are RFC 3339, durations and sizes carry their unit. */

export type SessionState = 'recording' | 'interrupted' | 'completing' | 'ready' | 'failed';

/** Whether more media may still come. */
export function isOpen(state: SessionState): boolean {
  return state === 'recording' || state === 'interrupted';
}

/** What a recorder gets when it opens a session. */
export interface OpenedSession {
  id: string;
  state: SessionState;
  /** Writes this one session and nothing else. */
  uploadToken: string;
  playlistUrl: string;
  watchUrl: string;
}

/** Which chunks of a session are safe: inclusive ranges of indexes. */
export interface StoredChunks {
  received: [number, number][];
  nextIndex: number;
  bytes: number;
}

export interface Rendition {
  name: string;
  /** Absent without pictures. */
  widthPixels?: number;
  heightPixels?: number;
}

/** Time that is known to be missing. */
export interface Gap {
  startMillis: number;
  durationMillis: number;
  reason?: string;
}

export interface SessionExport {
  taskId: string;
  format: string;
  state: TaskState;
  progress: number;
  /** Once succeeded. */
  url?: string;
  bytes?: number;
  /** For people, once failed. */
  error?: string;
}

export interface Session {
  id: string;
  title: string;
  state: SessionState;
  createdAt: string;
  /** How much can be played now. */
  durationMillis: number;
  safeUntilMillis: number;
  renditions: Rendition[];
  gaps: Gap[];
  exports: SessionExport[];
  playlistUrl: string;
  watchUrl: string;
  /** The bytes as they came. */
  sourceUrl: string;
  /** What went wrong, if something did; what there is can be watched all the same. */
  failure?: { code: string; message: string };
}

export type CheckResult = 'passed' | 'failed' | 'not-applicable';

/** What a finished session was found to be. */
export interface Report {
  checkedAt: string;
  /** What is missing is listed and no failure. */
  result: CheckResult;
  /** The result in one sentence. */
  words: string;
  checks: Check[];
  missing: Gap[];
}

export interface Check {
  code: string;
  result: CheckResult;
  words: string;
  /** In how many places it failed, and the first of them. */
  placeCount: number;
  places: { rendition?: string; startMillis: number; words: string }[];
}

export interface SessionPage {
  sessions: Session[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}

export type TaskState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export function isFinal(state: TaskState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'cancelled';
}

export interface Task {
  id: string;
  type: string;
  format: string;
  sessionId: string;
  state: TaskState;
  /** 0 to 1. */
  progress: number;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  resultUrl?: string;
  resultBytes?: number;
  /** For people, once failed. */
  error?: string;
}
