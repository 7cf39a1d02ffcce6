import { type JSX, render } from 'preact';
import { AccessStore } from './api/access';
import { LiveTaskFeed } from './api/taskFeed';
import { CameraPage } from './camera/CameraPage';
import { CamerasPage } from './camera/CamerasPage';
import { CameraStore } from './camera/cameraStore';
import { CamerasStore } from './camera/camerasStore';
import { systemClock } from './clock';
import { HomePage } from './HomePage';
import { LibraryStore } from './library/libraryStore';
import { Page } from './Page';
import { browserCapture } from './record/browserCapture';
import { RecorderStore } from './record/recorderStore';
import { browserConnectivity } from './upload/connectivity';
import { FileUploadStore } from './upload/fileUploadStore';
import { LeftoversStore, webLocks } from './upload/leftovers';
import type { UploadContext } from './upload/recordingUpload';
import { tusDoor } from './upload/tusDoor';
import { IndexedDbVault } from './upload/vault';
import { WatchPage } from './watch/WatchPage';
import { WatchStore } from './watch/watchStore';

/** Puts the stores together and shows the page that the address asks for. */
function start(root: HTMLElement): void {
  const access = new AccessStore();
  const watched = /^\/watch\/([^/]+)\/?$/.exec(location.pathname);
  if (watched?.[1] !== undefined) {
    void access.refresh();
    const feed = new LiveTaskFeed(access.api, systemClock);
    const watch = new WatchStore(decodeURIComponent(watched[1]), access.api, feed, systemClock);
    render(
      <Page here="watch">
        <WatchPage watch={watch} access={access} />
      </Page>,
      root,
    );
    return;
  }
  const camera = /^\/cameras(?:\/([^/]+))?\/?$/.exec(location.pathname);
  if (camera) {
    render(<Page here="cameras">{cameraPage(access, camera[1])}</Page>, root);
    return;
  }
  const upload: UploadContext = {
    api: access.api,
    vault: new IndexedDbVault(),
    world: { clock: systemClock, connectivity: browserConnectivity },
    signedIn: () => access.owner(),
  };
  const recorder = new RecorderStore({ door: browserCapture, upload, claims: webLocks, newLocalId });
  const leftovers = new LeftoversStore(upload, webLocks);
  const library = new LibraryStore(access.api, systemClock);
  const files = new FileUploadStore(tusDoor);
  render(
    <Page here="home">
      <HomePage access={access} recorder={recorder} leftovers={leftovers} library={library} files={files} />
    </Page>,
    root,
  );
}

/** One of them, or all. */
function cameraPage(access: AccessStore, id: string | undefined): JSX.Element {
  return id === undefined ? (
    <CamerasPage access={access} cameras={new CamerasStore(access.api, systemClock)} />
  ) : (
    <CameraPage access={access} store={new CameraStore(decodeURIComponent(id), access.api, systemClock)} />
  );
}

function newLocalId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

const root = document.getElementById('app');
if (root) start(root);
