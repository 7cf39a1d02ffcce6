import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Camera } from '../api/shapes';
import { deletionWords } from './words';

interface Props {
  camera: Camera;
  busy: boolean;
  error: string | null;
  onDelete: () => void;
  onClose: () => void;
}

/** Asks once more, and says what becomes of the recording. */
export function DeleteCamera({ camera, busy, error, onDelete, onClose }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="card ask"
      aria-labelledby="delete-camera-title"
      aria-describedby="delete-camera-words"
      onClose={onClose}
      data-testid="delete-camera-dialog"
    >
      <h2 id="delete-camera-title">Delete “{camera.name}”?</h2>
      <p id="delete-camera-words">{deletionWords(camera)}</p>
      {error ? (
        <p class="error-text" role="alert" data-testid="delete-camera-error">
          {error}
        </p>
      ) : null}
      <div class="row">
        <button
          type="button"
          class="button primary"
          disabled={busy}
          onClick={onDelete}
          data-testid="delete-camera-confirm"
        >
          {busy ? 'Deleting…' : 'Delete the camera'}
        </button>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          Keep it
        </button>
      </div>
    </dialog>
  );
}
