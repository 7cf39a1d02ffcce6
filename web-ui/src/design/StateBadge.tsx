import type { JSX } from 'preact';
import type { SessionState } from '../api/shapes';

const badges: Record<SessionState, { words: string; look: string }> = {
  recording: { words: 'Live', look: 'live' },
  interrupted: { words: 'Interrupted', look: 'attention' },
  completing: { words: 'Finishing', look: 'busy' },
  ready: { words: 'Ready', look: 'good' },
  failed: { words: 'Failed', look: 'bad' },
};

export function StateBadge({ state }: { state: SessionState }): JSX.Element {
  const { words, look } = badges[state] ?? { words: state, look: 'busy' };
  return (
    <span class={`badge ${look}`} data-testid="state-badge" data-state={state}>
      {words}
    </span>
  );
}
