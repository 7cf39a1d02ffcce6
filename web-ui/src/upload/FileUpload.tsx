import type { JSX } from 'preact';
import { useStore } from '../design/useStore';
import { fileSize } from '../design/words';
import type { FilePhase, FileUploadStore, FileUploadView } from './fileUploadStore';

/** Sends a file that was recorded elsewhere. */
export function FileUpload({ files }: { files: FileUploadStore }): JSX.Element {
  const view = useStore(files.view);
  return (
    <section
      class="banner-place"
      aria-label="Upload a file"
      data-testid="file-upload"
      data-phase={view.phase}
    >
      {view.phase === 'idle' ? <Choose files={files} /> : <Sending files={files} view={view} />}
    </section>
  );
}

function Choose({ files }: { files: FileUploadStore }): JSX.Element {
  return (
    <label class="button quiet">
      Upload a file
      <input
        type="file"
        class="offscreen"
        accept="video/*,audio/*,.mkv"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) files.send(file);
        }}
        data-testid="choose-file"
      />
    </label>
  );
}

const looks: Record<FilePhase, string> = {
  idle: '',
  sending: 'busy',
  paused: '',
  done: 'good',
  failed: 'bad',
};

function Sending({ files, view }: { files: FileUploadStore; view: FileUploadView }): JSX.Element {
  return (
    <div class={`banner ${looks[view.phase]}`}>
      <p role="status" data-testid="file-status" data-sent-bytes={view.sentBytes}>
        <strong>{view.name}</strong> {words(view)}
        {view.phase === 'done' ? null : (
          <progress value={view.sentBytes} max={Math.max(1, view.totalBytes)} aria-label="Sent" />
        )}
      </p>
      <div class="row">
        <Buttons files={files} view={view} />
      </div>
    </div>
  );
}

function Buttons({ files, view }: { files: FileUploadStore; view: FileUploadView }): JSX.Element {
  const { phase, sessionId } = view;
  return (
    <>
      {sessionId === null ? null : (
        <a class="button primary" href={`/watch/${encodeURIComponent(sessionId)}`} data-testid="watch-file">
          Watch
        </a>
      )}
      {phase === 'sending' ? (
        <button type="button" class="button" onClick={() => files.pause()} data-testid="pause-file">
          Pause
        </button>
      ) : null}
      {phase === 'paused' || phase === 'failed' ? (
        <button type="button" class="button primary" onClick={() => files.resume()} data-testid="resume-file">
          Go on
        </button>
      ) : null}
      <button type="button" class="button quiet" onClick={() => files.discard()} data-testid="discard-file">
        {phase === 'done' ? 'Close' : 'Discard'}
      </button>
    </>
  );
}

function words({ phase, sentBytes, totalBytes, detail }: FileUploadView): string {
  const far = `${fileSize(sentBytes)} of ${fileSize(totalBytes)}`;
  switch (phase) {
    case 'idle':
      return '';
    case 'sending':
      return `is on its way: ${far}.`;
    case 'paused':
      return `is paused at ${far}. After a reload, choose the same file to go on.`;
    case 'done':
      return 'is here.';
    case 'failed':
      return `stopped at ${far}. ${detail ?? ''}`;
  }
}
