import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Session, SessionExport } from '../api/shapes';
import { absolute, CopyButton } from '../design/CopyButton';
import { Icon } from '../design/icons';
import { StateBadge } from '../design/StateBadge';
import { clockTime, momentInWords, processingWords, spokenTime, titleOf } from '../design/words';
import type { Entry, LibraryStore } from './libraryStore';

interface Props {
  entry: Entry;
  library: LibraryStore;
}

export function Row({ entry, library }: Props): JSX.Element {
  return entry.removed ? (
    <Removed entry={entry} library={library} />
  ) : (
    <Kept entry={entry} library={library} />
  );
}

function Kept({ entry, library }: Props): JSX.Element {
  const { session } = entry;
  const title = titleOf(session);
  const link = absolute(session.watchUrl);
  return (
    <li class="session" data-testid="session" data-id={session.id} data-state={session.state}>
      <div class={`tile ${session.state}`} aria-hidden="true">
        {session.posterUrl ? (
          <img src={session.posterUrl} alt="" loading="lazy" data-testid="poster" />
        ) : (
          <Icon name={session.state === 'failed' ? 'warning' : 'play'} size={22} />
        )}
        <span class="tile-time">
          {session.state === 'recording' ? 'LIVE' : clockTime(session.durationMillis)}
        </span>
      </div>
      <div class="session-words">
        <a class="session-title" href={link} data-testid="watch">
          {title}
        </a>
        <p class="session-facts">
          <StateBadge state={session.state} />
          <time dateTime={session.createdAt}>{momentInWords(session.createdAt, new Date())}</time>
          <span data-testid="duration" data-millis={session.durationMillis}>
            <span aria-hidden="true">{clockTime(session.durationMillis)}</span>
            <span class="offscreen">{spokenTime(session.durationMillis)}</span>
          </span>
        </p>
        {session.processing ? (
          <p class="muted" data-testid="processing">
            {processingWords(session)}
          </p>
        ) : null}
        {entry.error ? (
          <p class="error-text" role="alert">
            {entry.error}
          </p>
        ) : null}
      </div>
      <div class="session-actions">
        <CopyButton
          link={link}
          class="button quiet icon-only"
          label={`Copy link to ${title}`}
          compact
          testId="copy-link"
        />
        <Download session={session} title={title} />
        <button
          type="button"
          class="button quiet icon-only"
          disabled={entry.busy || session.state === 'recording'}
          title={session.state === 'recording' ? 'It is still being recorded' : 'Delete'}
          aria-label={`Delete ${title}`}
          onClick={() => library.remove(session.id)}
          data-testid="delete"
        >
          <Icon name="trash" size={18} />
        </button>
      </div>
    </li>
  );
}

function Download({ session, title }: { session: Session; title: string }): JSX.Element | null {
  const made = bestExport(session);
  if (made?.state === 'succeeded' && made.url) {
    return (
      <a
        class="button quiet"
        href={made.url}
        download
        aria-label={`Download MP4 of ${title}`}
        data-testid="download"
      >
        <Icon name="download" size={18} />
        MP4
      </a>
    );
  }
  if (made?.state === 'running' || made?.state === 'queued') {
    return <span class="muted making">MP4 {Math.floor(made.progress * 100)} %</span>;
  }
  return null;
}

function bestExport(session: Session): SessionExport | undefined {
  const mp4s = session.exports.filter((made) => made.format === 'mp4');
  return mp4s.find((made) => made.state === 'succeeded') ?? mp4s[0];
}

/** What was deleted stays for a while where it was, so that it can be brought back. */
function Removed({ entry, library }: Props): JSX.Element {
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => undo.current?.focus(), []);
  const { session } = entry;
  return (
    <li class="session removed" data-testid="removed" data-id={session.id}>
      <p role="status">
        <strong>{titleOf(session)}</strong> is deleted.
      </p>
      {entry.error ? (
        <p class="error-text" role="alert">
          {entry.error}
        </p>
      ) : null}
      <div class="session-actions">
        <button
          ref={undo}
          type="button"
          class="button"
          disabled={entry.busy}
          onClick={() => library.restore(session.id)}
          data-testid="undo"
        >
          Undo
        </button>
        <button type="button" class="button quiet" onClick={() => library.forget(session.id)}>
          Close
        </button>
      </div>
    </li>
  );
}
