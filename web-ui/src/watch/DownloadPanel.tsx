import type { JSX } from 'preact';
import { Icon } from '../design/icons';
import { fileSize } from '../design/words';
import type { Download } from './watchStore';

interface Props {
  download: Download;
  /** Whether the session has ended, so that a file of it makes sense. */
  ended: boolean;
  owner: boolean;
  onMake: () => void;
}

/** The MP4: to be had, being made, or the way to get it. */
export function DownloadPanel({ download, ended, owner, onMake }: Props): JSX.Element | null {
  switch (download.state) {
    case 'ready':
      return (
        <a class="button primary" href={download.url ?? ''} download data-testid="download-mp4">
          <Icon name="download" size={18} />
          Download MP4
          {download.sizeBytes ? <span class="button-note">{fileSize(download.sizeBytes)}</span> : null}
        </a>
      );
    case 'making':
      return <Making progress={download.progress} />;
    case 'failed':
      return (
        <div class="download-failed" role="alert" data-testid="download-failed">
          <p class="error-text">{download.error}</p>
          {owner ? (
            <button type="button" class="button" onClick={onMake} data-testid="retry-mp4">
              Try again
            </button>
          ) : null}
        </div>
      );
    case 'none':
      return ended && owner ? (
        <button type="button" class="button" onClick={onMake} data-testid="make-mp4">
          <Icon name="film" size={18} />
          Make an MP4
        </button>
      ) : null;
  }
}

function Making({ progress }: { progress: number }): JSX.Element {
  const percent = Math.floor(progress * 100);
  return (
    <div class="making" data-testid="making-mp4" data-progress={progress}>
      <label>
        <span>{progress > 0 ? `Making the MP4: ${percent} %` : 'The MP4 is about to be made'}</span>
        <progress max={1} value={progress} />
      </label>
    </div>
  );
}
