/** Where a recorder stands. */
export type Phase =
  /** Nothing is open. */
  | 'idle'
  /** The browser is asking the person for permission. */
  | 'asking'
  /** The preview is on. */
  | 'ready'
  | 'recording'
  /** A device went away while recording; what there is stays, and it can go on as another run. */
  | 'lost'
  /** The last chunks are on their way. */
  | 'stopping'
  /** The session is complete on the server. */
  | 'done'
  /** Nothing could be opened; the problem says what to do. */
  | 'failed';

export type Move = 'ask' | 'granted' | 'denied' | 'cancelled' | 'start' | 'lose' | 'stop' | 'saved' | 'close';

const moves: Record<Phase, Partial<Record<Move, Phase>>> = {
  idle: { ask: 'asking' },
  asking: { granted: 'ready', denied: 'failed', cancelled: 'idle' },
  ready: { ask: 'asking', start: 'recording', lose: 'failed', close: 'idle' },
  recording: { lose: 'lost', stop: 'stopping' },
  lost: { start: 'recording', stop: 'stopping' },
  stopping: { saved: 'done' },
  done: { ask: 'asking', close: 'idle' },
  failed: { ask: 'asking', close: 'idle' },
};

/** The phase after a move, or undefined where the move is not possible. */
export function move(phase: Phase, by: Move): Phase | undefined {
  return moves[phase][by];
}

/** Whether closing the page now would lose something that is not on the server. */
export function isUnsafe(phase: Phase): boolean {
  return phase === 'recording' || phase === 'lost' || phase === 'stopping';
}
