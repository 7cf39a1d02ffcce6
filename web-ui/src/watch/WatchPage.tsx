import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { AccessStore } from '../api/access';
import { isOpen, type Session } from '../api/shapes';
import { absolute, CopyButton } from '../design/CopyButton';
import { Icon } from '../design/icons';
import { StateBadge } from '../design/StateBadge';
import { useStore } from '../design/useStore';
import { clockTime, momentInWords, titleOf } from '../design/words';
import { DownloadPanel } from './DownloadPanel';
import { KeyHelp } from './KeyHelp';
import { Loading } from './Loading';
import { Player } from './Player';
import { ReportPanel } from './ReportPanel';
import { isPlayable, type WatchStore } from './watchStore';
import { mergedGaps, stateWords } from './words';

interface Props {
  watch: WatchStore;
  access: AccessStore;
}

/** `/watch/{id}`: the session live, and the recording after. */
export function WatchPage({ watch, access }: Props): JSX.Element {
  const view = useStore(watch.view);
  useEffect(() => {
    watch.start();
    return () => watch.stop();
  }, [watch]);
  const { session } = view;
  useEffect(() => {
    document.title = session ? `${titleOf(session)} – Tapedeck` : 'Tapedeck';
  }, [session]);
  if (view.state === 'not-found') return <NotFound />;
  if (session === null) return <Loading trouble={view.trouble} />;
  return (
    <article class="watch" data-testid="watch-page" data-state={session.state}>
      {isPlayable(session) ? (
        <Player
          playlistUrl={session.playlistUrl}
          title={titleOf(session)}
          hasPicture={!session.renditions.every((rendition) => rendition.name === 'audio')}
          gaps={session.gaps}
          posterUrl={session.posterUrl}
          storyboardUrl={session.storyboardUrl}
        />
      ) : (
        <Waiting session={session} />
      )}
      {view.trouble ? (
        <p class="notice attention" role="status">
          {view.trouble}
        </p>
      ) : null}
      <About session={session} watch={watch} access={access} />
    </article>
  );
}

function About({ session, watch, access }: Props & { session: Session }): JSX.Element {
  const { download, report } = useStore(watch.view);
  const owner = useStore(access.view).access === 'owner';
  const making = download.state === 'making';
  useEffect(() => {
    if (owner && making) watch.follow();
  }, [owner, making, download.taskId, watch]);
  const words = stateWords(session);
  return (
    <div class="about">
      <div class="about-words">
        <h1>{titleOf(session)}</h1>
        <p class="session-facts">
          <StateBadge state={session.state} />
          <time dateTime={session.createdAt}>{momentInWords(session.createdAt, new Date())}</time>
          <span data-testid="duration" data-millis={session.durationMillis}>
            {clockTime(session.durationMillis)}
          </span>
        </p>
        <p class="state-words" role="status" data-testid="state-words">
          {words}
        </p>
        <Gaps session={session} />
        {report ? <ReportPanel report={report} /> : null}
      </div>
      <div class="about-actions">
        <CopyButton link={absolute(session.watchUrl)} class="button" testId="copy-link" />
        {owner && session.processing ? (
          <button
            type="button"
            class="button quiet"
            title={
              isPlayable(session)
                ? 'It stays as it can be watched now, without further qualities'
                : 'A file that has to be converted stays as it was sent; any other gets one quality'
            }
            onClick={() => void watch.cancelProcessing()}
            data-testid="cancel-processing"
          >
            Stop getting ready
          </button>
        ) : null}
        {session.state === 'failed' ? (
          <a class="button quiet" href={session.sourceUrl} download data-testid="download-source">
            Download the original
          </a>
        ) : null}
        <DownloadPanel
          download={download}
          ended={session.state === 'ready' || (session.state === 'failed' && isPlayable(session))}
          owner={owner}
          onMake={() => void watch.makeDownload()}
        />
      </div>
      <KeyHelp />
    </div>
  );
}

const shownGaps = 8;

function Gaps({ session }: { session: Session }): JSX.Element | null {
  const gaps = mergedGaps(session.gaps);
  if (gaps.length === 0) return null;
  return (
    <div class="gaps" data-testid="gaps">
      <p>Missing in this recording:</p>
      <ul>
        {gaps.slice(0, shownGaps).map((gap) => (
          <li key={gap.startMillis}>
            {clockTime(gap.startMillis)} to {clockTime(gap.startMillis + gap.durationMillis)}
            {gap.reason ? ` – ${gap.reason}` : ''}
          </li>
        ))}
      </ul>
      {gaps.length > shownGaps ? <p>and {gaps.length - shownGaps} more.</p> : null}
    </div>
  );
}

function Waiting({ session }: { session: Session }): JSX.Element {
  const failed = session.state === 'failed' || session.state === 'ready';
  const ended = !isOpen(session.state);
  return (
    <div class="player-placeholder" data-testid={failed ? 'nothing-to-play' : 'starting'}>
      {failed ? <Icon name="warning" size={44} /> : <span class="spinner" />}
      <p role="status">
        {failed
          ? 'There is nothing to play.'
          : ended
            ? 'The recording is being prepared.'
            : 'Starts in a moment: waiting for the first picture.'}
      </p>
    </div>
  );
}

function NotFound(): JSX.Element {
  return (
    <div class="card not-found" data-testid="not-found">
      <h1>There is no recording here</h1>
      <p>
        The link may be incomplete, or the recording was deleted. Ask the person who sent it for the whole
        link. If you deleted it yourself a moment ago, you can still undo that in your recordings.
      </p>
      <a class="button" href="/">
        <Icon name="back" size={18} />
        To Tapedeck
      </a>
    </div>
  );
}
