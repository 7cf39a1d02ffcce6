import type { JSX } from 'preact';
import { absolute, CopyButton } from '../design/CopyButton';
import type { RecorderStore, RecorderView } from './recorderStore';
import { SafeLine } from './SafeLine';
import { DevicePicker } from './Settings';

interface Props {
  recorder: RecorderStore;
  view: RecorderView;
}

/** While recording and after it: the link, and what is safe. */
export function ShareAndSafety({ recorder, view }: Props): JSX.Element {
  const { phase, upload, progress, title } = view;
  const making = phase === 'recording' || phase === 'lost';
  return (
    <div class="card share">
      <h2 class="share-title">{title.trim() || (making ? 'Recording' : 'Your recording')}</h2>
      {progress ? (
        <SafeLine progress={progress} elapsedMillis={view.elapsedMillis} making={phase === 'recording'} />
      ) : null}
      {upload?.lostChunks ? (
        <p class="error-text">Some seconds did not reach the server; the recording marks where.</p>
      ) : null}
      {phase === 'lost' ? <Replacement recorder={recorder} view={view} /> : null}
      <Link view={view} making={making} />
    </div>
  );
}

function Link({ view, making }: { view: RecorderView; making: boolean }): JSX.Element {
  const session = view.upload?.session;
  if (!session) {
    return <p class="muted">The link appears as soon as the server can be reached.</p>;
  }
  const link = absolute(session.watchUrl);
  return (
    <div class="link-box">
      <label class="field">
        <span>{making ? 'Anyone with this link can watch live' : 'Link to the recording'}</span>
        <input
          type="text"
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          data-testid="watch-link"
        />
      </label>
      <div class="row">
        <CopyButton link={link} class="button" testId="copy-link" />
        <a
          class={making ? 'button quiet' : 'button primary'}
          href={link}
          target={making ? '_blank' : undefined}
          rel="noreferrer"
          data-testid="open-watch"
        >
          {making ? 'Watch live' : 'Watch'}
        </a>
      </div>
    </div>
  );
}

function Replacement({ recorder, view }: Props): JSX.Element {
  const { wish, devices } = view;
  return (
    <>
      {wish.source === 'camera' ? (
        <DevicePicker
          kind="camera"
          devices={devices}
          chosen={wish.cameraId}
          onChoose={(cameraId) => recorder.choose({ cameraId })}
        />
      ) : null}
      <DevicePicker
        kind="microphone"
        devices={devices}
        chosen={wish.microphoneId}
        optional={wish.source !== 'sound'}
        onChoose={(microphoneId) => recorder.choose({ microphoneId })}
      />
    </>
  );
}
