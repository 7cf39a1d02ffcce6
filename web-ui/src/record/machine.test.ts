import { describe, expect, it } from 'vitest';
import { isUnsafe, type Move, move, type Phase } from './machine';

const phases: Phase[] = ['idle', 'asking', 'ready', 'recording', 'lost', 'stopping', 'done', 'failed'];
const moves: Move[] = ['ask', 'granted', 'denied', 'cancelled', 'start', 'lose', 'stop', 'saved', 'close'];

describe('the recorder’s machine', () => {
  it('offers exactly these moves', () => {
    const offered = phases.flatMap((phase) =>
      moves.flatMap((by) => (move(phase, by) ? [`${phase} ${by} ${move(phase, by)}`] : [])),
    );
    expect(offered).toEqual([
      'idle ask asking',
      'asking granted ready',
      'asking denied failed',
      'asking cancelled idle',
      'ready ask asking',
      'ready start recording',
      'ready lose failed',
      'ready close idle',
      'recording lose lost',
      'recording stop stopping',
      'lost start recording',
      'lost stop stopping',
      'stopping saved done',
      'done ask asking',
      'done close idle',
      'failed ask asking',
      'failed close idle',
    ]);
  });

  it('guards the page while anything could be lost', () => {
    expect(phases.filter(isUnsafe)).toEqual(['recording', 'lost', 'stopping']);
  });
});
