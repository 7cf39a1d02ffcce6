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

export interface Processing {
  /** 0 to 1. */
  progress: number;
  /** Absent while nobody can know. */
  remainingMillis?: number;
}

export interface Session {
  id: string;
  title: string;
  state: SessionState;
  /** Whether it is watched while it is recorded; a file is not. */
  live?: boolean;
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
  /** One picture of it, once there is one. */
  posterUrl?: string;
  /** WebVTT with small pictures of all of it, once it is complete. */
  storyboardUrl?: string;
  /** How far it is made ready, once all bytes are here. */
  processing?: Processing;
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

/** Where something is pulled from around the clock, and how that is going. */
export interface Camera {
  id: string;
  name: string;
  /** Without its password. */
  url: string;
  segmentSeconds: number;
  /** How far back it can be watched; 0 keeps everything. */
  historySeconds: number;
  /** What it writes to now: another one when that has become too long. */
  sessionId: string;
  state: CameraState;
  /** When the state began. */
  since: string;
  /** Why it is offline, or what else is wrong. */
  problem?: { code: string; detail: string } | null;
  /** When it is tried again; absent while it is being tried. */
  retryAt?: string | null;
  lastBytesAt?: string | null;
  createdAt: string;
  playlistUrl: string;
  watchUrl: string;
}

export type CameraState = 'connecting' | 'online' | 'offline';

/** A camera as somebody wants it. */
export type CameraWish = Pick<Camera, 'name' | 'url' | 'segmentSeconds' | 'historySeconds'>;

/** Which part of a camera's history to keep for good. */
export type PartWish = ({ minutes: number } | { from: string; to: string }) & { title: string };

/** What was kept for good: an ordinary recording. */
export interface SavedPart {
  id: string;
  state: SessionState;
  playlistUrl: string;
  watchUrl: string;
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
