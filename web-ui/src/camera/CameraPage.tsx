import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { AccessStore } from '../api/access';
import { SignIn } from '../api/SignIn';
import type { Camera, Session } from '../api/shapes';
import { absolute, CopyButton } from '../design/CopyButton';
import { Icon } from '../design/icons';
import { useNow } from '../design/useNow';
import { useStore } from '../design/useStore';
import { KeyHelp } from '../watch/KeyHelp';
import { Loading } from '../watch/Loading';
import { Player } from '../watch/Player';
import { PlayerStore } from '../watch/playerStore';
import { isPlayable } from '../watch/watchStore';
import { CameraBadge } from './CameraBadge';
import type { CameraStore } from './cameraStore';
import { DeleteCamera } from './DeleteCamera';
import { SavePart } from './SavePart';
import { historyWords, troubleWords } from './words';

interface Props {
  access: AccessStore;
  store: CameraStore;
}

/** `/cameras/{id}`: live, the history behind it, and the way to keep a part of it. */
export function CameraPage({ access, store }: Props): JSX.Element {
  const { access: who } = useStore(access.view);
  const { state, camera, session, trouble } = useStore(store.view);
  useEffect(() => {
    void access.refresh();
  }, [access]);
  useEffect(() => {
    if (who === 'guest') return;
    store.start();
    return () => store.stop();
  }, [who, store]);
  useEffect(() => {
    document.title = camera ? `${camera.name} – Tapedeck` : 'Camera – Tapedeck';
  }, [camera]);
  if (who === 'guest') return <SignIn access={access} why="Cameras are for the owner of this Tapedeck." />;
  if (state === 'not-found') return <NotFound />;
  if (state === 'deleted' && camera) return <Deleted camera={camera} />;
  if (camera === null) return <Loading trouble={trouble} />;
  return (
    <article class="watch" data-testid="camera-page" data-state={camera.state}>
      <Trouble camera={camera} />
      <Watching key={camera.sessionId} camera={camera} session={session} store={store} />
      {trouble ? (
        <p class="notice attention" role="status">
          {trouble}
        </p>
      ) : null}
    </article>
  );
}

/** What is wrong, above everything else. */
function Trouble({ camera }: { camera: Camera }): JSX.Element | null {
  const nowMillis = useNow(camera.state !== 'online');
  const words = troubleWords(camera, nowMillis);
  if (words === '') return null;
  const connecting = camera.state === 'connecting';
  return (
    <div
      class={connecting ? 'banner busy' : 'banner'}
      data-testid="camera-trouble"
      data-code={camera.problem?.code}
    >
      <Icon name={connecting ? 'camera' : 'warning'} />
      <p>
        {camera.state === 'offline' ? <strong>The camera is offline. </strong> : null}
        {words}
      </p>
    </div>
  );
}

interface WatchingProps {
  camera: Camera;
  session: Session | null;
  store: CameraStore;
}

/** Another session is another timeline: its player begins anew. */
function Watching({ camera, session, store }: WatchingProps): JSX.Element {
  const player = useMemo(() => new PlayerStore(true), []);
  return (
    <>
      {session && isPlayable(session) ? (
        <Player
          playlistUrl={camera.playlistUrl}
          title={camera.name}
          hasPicture={!session.renditions.every((rendition) => rendition.name === 'audio')}
          gaps={session.gaps}
          posterUrl={session.posterUrl}
          storyboardUrl={undefined}
          player={player}
          {...(camera.state === 'offline' ? { pause: 'Offline' } : {})}
        />
      ) : (
        <div class="player-placeholder" data-testid="starting">
          {camera.state === 'offline' ? <Icon name="warning" size={44} /> : <span class="spinner" />}
          <p role="status">
            {camera.state === 'offline' ? 'There is nothing to see yet.' : 'Waiting for the first picture.'}
          </p>
        </div>
      )}
      <div class="about">
        <About camera={camera} store={store} />
        {session && isPlayable(session) ? <SavePart camera={camera} store={store} player={player} /> : null}
        <KeyHelp />
      </div>
    </>
  );
}

function About({ camera, store }: { camera: Camera; store: CameraStore }): JSX.Element {
  const { deleteError } = useStore(store.view);
  const [leaving, setLeaving] = useState(false);
  const [busy, setBusy] = useState(false);
  return (
    <>
      <div class="about-words">
        <h1>{camera.name}</h1>
        <p class="session-facts">
          <CameraBadge state={camera.state} />
          <span>{historyWords(camera.historySeconds)}</span>
          <span class="camera-address">{camera.url}</span>
        </p>
      </div>
      <div class="about-actions">
        <CopyButton link={absolute(camera.watchUrl)} class="button" testId="copy-link" />
        <button
          type="button"
          class="button quiet"
          onClick={() => setLeaving(true)}
          data-testid="delete-camera"
        >
          <Icon name="trash" size={18} />
          Delete
        </button>
      </div>
      {leaving ? (
        <DeleteCamera
          camera={camera}
          busy={busy}
          error={deleteError}
          onDelete={async () => {
            setBusy(true);
            await store.remove();
            setBusy(false);
          }}
          onClose={() => setLeaving(false)}
        />
      ) : null}
    </>
  );
}

function Deleted({ camera }: { camera: Camera }): JSX.Element {
  return (
    <div class="card not-found" data-testid="camera-deleted">
      <h1>“{camera.name}” is deleted</h1>
      <p role="status">What its history held is an ordinary recording now.</p>
      <div class="row">
        <a class="button primary" href={absolute(camera.watchUrl)}>
          Watch it
        </a>
        <a class="button" href="/cameras">
          <Icon name="back" size={18} />
          To the cameras
        </a>
      </div>
    </div>
  );
}

function NotFound(): JSX.Element {
  return (
    <div class="card not-found" data-testid="not-found">
      <h1>There is no camera here</h1>
      <p>The address may be incomplete, or the camera was deleted. What it recorded is in your recordings.</p>
      <a class="button" href="/cameras">
        <Icon name="back" size={18} />
        To the cameras
      </a>
    </div>
  );
}
