import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { absolute } from '../design/CopyButton';
import { Icon } from '../design/icons';
import { useStore } from '../design/useStore';
import { clockTime, fileSize, momentInWords } from '../design/words';
import type { Leftover, LeftoversStore } from './leftovers';
import type { RecordingUpload, UploadPhase } from './recordingUpload';

/** Offers to finish what an earlier page could not. */
export function Leftovers({ leftovers }: { leftovers: LeftoversStore }): JSX.Element {
  const view = useStore(leftovers.view);
  return (
    <>
      {view.map((leftover) => (
        <Banner key={leftover.recording.localId} leftover={leftover} leftovers={leftovers} />
      ))}
    </>
  );
}

function Banner({ leftover, leftovers }: { leftover: Leftover; leftovers: LeftoversStore }): JSX.Element {
  const { recording, upload } = leftover;
  const phase = usePhase(upload);
  const name = recording.title || `The recording of ${momentInWords(recording.createdMillis, new Date())}`;
  return (
    <section
      class={`banner ${looks[phase ?? 'opening']}`}
      data-testid="leftover"
      aria-label="Interrupted recording"
    >
      <Icon name={upload && phase !== 'refused' ? 'shield' : 'warning'} size={24} />
      {upload ? (
        <Finishing
          name={name}
          upload={upload}
          dismiss={() => leftovers.dismiss(recording.localId)}
          discard={() => leftovers.discard(recording.localId)}
        />
      ) : (
        <Offer name={name} leftover={leftover} leftovers={leftovers} />
      )}
    </section>
  );
}

const looks: Record<UploadPhase, string> = {
  opening: '',
  open: 'busy',
  completing: 'busy',
  complete: 'good',
  refused: 'bad',
};

function usePhase(upload: RecordingUpload | null): UploadPhase | null {
  const [phase, setPhase] = useState<UploadPhase | null>(null);
  useEffect(() => upload?.view.subscribe((view) => setPhase(view.phase)), [upload]);
  return phase;
}

function Offer(props: { name: string; leftover: Leftover; leftovers: LeftoversStore }): JSX.Element {
  const { recording, pendingBytes, pendingMillis, pendingChunks } = props.leftover;
  const [asked, setAsked] = useState(false);
  const rest =
    pendingChunks > 0
      ? `${clockTime(pendingMillis)} (${fileSize(pendingBytes)}) of it are only on this computer.`
      : 'All of it is on the server; it only needs to be closed.';
  return (
    <>
      <p>
        <strong>{props.name}</strong> was interrupted. {rest}
      </p>
      <div class="row">
        <button
          type="button"
          class="button primary"
          onClick={() => props.leftovers.finish(recording.localId)}
          data-testid="finish-leftover"
        >
          Finish saving
        </button>
        <button
          type="button"
          class="button quiet"
          onClick={() => (asked ? props.leftovers.discard(recording.localId) : setAsked(true))}
          data-testid="discard-leftover"
        >
          {asked ? 'Really throw the rest away?' : 'Discard'}
        </button>
      </div>
    </>
  );
}

function Finishing(props: {
  name: string;
  upload: RecordingUpload;
  dismiss: () => void;
  discard: () => void;
}): JSX.Element {
  const { phase, session } = useStore(props.upload.view);
  const progress = useStore(props.upload.uploader.progress);
  const words =
    phase === 'complete'
      ? 'is saved.'
      : phase === 'refused'
        ? `cannot be finished. ${progress.refusal?.title ?? ''}. ${progress.refusal?.advice ?? ''}`
        : progress.state === 'offline'
          ? 'waits for the connection.'
          : `is being saved: ${fileSize(progress.pendingBytes)} to go.`;
  return (
    <>
      <p role="status" data-testid="leftover-status" data-phase={phase}>
        <strong>{props.name}</strong> {words}
      </p>
      <div class="row">
        {phase === 'complete' && session ? (
          <a class="button primary" href={absolute(session.watchUrl)}>
            Watch
          </a>
        ) : null}
        {phase === 'complete' ? (
          <button type="button" class="button quiet" onClick={props.dismiss}>
            Close
          </button>
        ) : null}
        {phase === 'refused' ? (
          <button type="button" class="button quiet" onClick={props.discard} data-testid="discard-leftover">
            Throw the rest away
          </button>
        ) : null}
      </div>
    </>
  );
}
