import type { JSX } from 'preact';
import type { CameraState } from '../api/shapes';

const badges: Record<CameraState, { words: string; look: string }> = {
  connecting: { words: 'Connecting', look: 'busy' },
  online: { words: 'Live', look: 'live' },
  offline: { words: 'Offline', look: 'attention' },
};

export function CameraBadge({ state }: { state: CameraState }): JSX.Element {
  const { words, look } = badges[state];
  return (
    <span class={`badge ${look}`} data-testid="camera-state" data-state={state}>
      {words}
    </span>
  );
}
