import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { AccessStore } from '../api/access';
import { SignIn } from '../api/SignIn';
import type { Camera } from '../api/shapes';
import { Icon } from '../design/icons';
import { useStore } from '../design/useStore';
import { AddCamera } from './AddCamera';
import { CameraCard } from './CameraCard';
import type { CamerasStore } from './camerasStore';
import { DeleteCamera } from './DeleteCamera';

interface Props {
  access: AccessStore;
  cameras: CamerasStore;
}

/** `/cameras`: all of them as they are now, and the way to another one. */
export function CamerasPage({ access, cameras }: Props): JSX.Element {
  const { access: who } = useStore(access.view);
  const view = useStore(cameras.view);
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Camera | null>(null);
  useEffect(() => {
    document.title = 'Cameras – Tapedeck';
    void access.refresh();
  }, [access]);
  useEffect(() => {
    if (who === 'guest') return;
    cameras.start();
    return () => cameras.stop();
  }, [who, cameras]);
  if (who === 'guest') return <SignIn access={access} why="Cameras are for the owner of this Tapedeck." />;
  const none = view.state === 'loaded' && view.cameras.length === 0;
  return (
    <section class="cameras" aria-labelledby="cameras-title" data-testid="cameras" data-state={view.state}>
      <div class="cameras-head">
        <h1 id="cameras-title">Cameras</h1>
        {adding || none ? null : (
          <button
            type="button"
            class="button primary"
            onClick={() => setAdding(true)}
            data-testid="add-camera-button"
          >
            <Icon name="camera" size={18} />
            Add a camera
          </button>
        )}
      </div>
      {view.error ? (
        <p class="notice attention" role="alert" data-testid="cameras-error">
          {view.error}
        </p>
      ) : null}
      {adding || none ? <AddCamera cameras={cameras} first={none} onDone={() => setAdding(false)} /> : null}
      <ul class="camera-list" aria-busy={view.state === 'loading'}>
        {view.state === 'loading'
          ? [0, 1].map((card) => <li key={card} class="camera-card skeleton" />)
          : view.cameras.map((camera) => (
              <CameraCard key={camera.id} camera={camera} onDelete={() => setLeaving(camera)} />
            ))}
      </ul>
      {leaving ? (
        <DeleteCamera
          camera={leaving}
          busy={view.deleting === leaving.id}
          error={view.deleteError}
          onDelete={async () => {
            if (await cameras.remove(leaving.id)) setLeaving(null);
          }}
          onClose={() => setLeaving(null)}
        />
      ) : null}
    </section>
  );
}
