import type { JSX } from 'preact';
import type { Camera } from '../api/shapes';
import { Icon } from '../design/icons';
import { useNow } from '../design/useNow';
import { CameraBadge } from './CameraBadge';
import { LivePicture } from './LivePicture';
import { historyWords, troubleWords } from './words';

interface Props {
  camera: Camera;
  onDelete: () => void;
}

/** One camera in the list: what it sees, how it is, and why that is if it is not well. */
export function CameraCard({ camera, onDelete }: Props): JSX.Element {
  const nowMillis = useNow(camera.state !== 'online');
  const trouble = troubleWords(camera, nowMillis);
  return (
    <li class="camera-card" data-testid="camera" data-id={camera.id} data-state={camera.state}>
      <LivePicture camera={camera} />
      <div class="camera-words">
        <a class="camera-name" href={`/cameras/${encodeURIComponent(camera.id)}`} data-testid="camera-link">
          {camera.name}
        </a>
        <button
          type="button"
          class="button quiet icon-only"
          title="Delete"
          aria-label={`Delete ${camera.name}`}
          onClick={onDelete}
          data-testid="delete-camera"
        >
          <Icon name="trash" size={18} />
        </button>
        <p class="camera-facts">
          <CameraBadge state={camera.state} />
          <span>{historyWords(camera.historySeconds)}</span>
        </p>
        <p class="camera-address" title={camera.url}>
          {camera.url}
        </p>
        {trouble ? (
          <p class="camera-trouble" data-testid="camera-trouble" data-code={camera.problem?.code}>
            {trouble}
          </p>
        ) : null}
      </div>
    </li>
  );
}
