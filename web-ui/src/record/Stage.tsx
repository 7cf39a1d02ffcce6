import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../design/icons';
import { clockTime } from '../design/words';
import type { Capture } from './capture';
import type { RecorderStore, RecorderView } from './recorderStore';
import { lossWords } from './words';

interface Props {
  recorder: RecorderStore;
  view: RecorderView;
}

/** The picture, or what to do to get one. */
export function Stage({ recorder, view }: Props): JSX.Element {
  const { phase, capture } = view;
  const live = phase === 'recording';
  return (
    <div class={`stage ${live ? 'on-air' : ''}`} data-testid="stage">
      {capture?.hasPicture ? <Preview capture={capture} mirrored={view.wish.source === 'camera'} /> : null}
      {capture && !capture.hasPicture ? <SoundOnly /> : null}
      {!capture ? <Placard recorder={recorder} view={view} /> : null}
      {live ? (
        <div class="stage-top">
          <span class="pill rec">
            <span class="dot" /> Rec
          </span>
          <span class="pill time" data-testid="elapsed">
            {clockTime(view.elapsedMillis)}
          </span>
        </div>
      ) : null}
    </div>
  );
}

function Preview({ capture, mirrored }: { capture: Capture; mirrored: boolean }): JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = capture.stream;
    void video.current.play().catch(() => {});
  }, [capture]);
  return (
    <video
      ref={video}
      class={mirrored ? 'preview mirrored' : 'preview'}
      muted
      playsInline
      aria-label={mirrored ? 'Preview of your camera' : 'Preview of your screen'}
      data-testid="preview"
    />
  );
}

function SoundOnly(): JSX.Element {
  return (
    <div class="placard">
      <span class="placard-icon">
        <Icon name="microphone" size={44} />
      </span>
      <p>Sound only. The meter below shows that you are heard.</p>
    </div>
  );
}

function Placard({ recorder, view }: Props): JSX.Element {
  const { phase, problem, wish } = view;
  if (phase === 'asking') {
    const what = wish.source === 'screen' ? 'Choose what to share' : 'Please allow the devices';
    return (
      <Words icon={wish.source} title={what} text="The browser is asking you at the top of this window." />
    );
  }
  if (phase === 'lost') return <Lost recorder={recorder} view={view} />;
  if (problem) return <Trouble recorder={recorder} view={view} />;
  if (phase === 'stopping')
    return <Words icon="shield" title="Saving the last seconds…" text="Keep this page open." />;
  if (phase === 'done') return <Done view={view} />;
  return (
    <div class="placard">
      <span class="placard-icon">
        <Icon name={iconOf(wish.source)} size={44} />
      </span>
      <p class="placard-title">{idleTitles[wish.source]}</p>
      <p>Every second is saved while you record, and can be watched live.</p>
      <button type="button" class="button" onClick={() => recorder.preview()} data-testid="preview-button">
        {wish.source === 'screen' ? 'Choose a screen' : 'Check the preview first'}
      </button>
    </div>
  );
}

const idleTitles = {
  camera: 'Ready for your camera',
  screen: 'Ready for your screen',
  sound: 'Ready for your voice',
};

function Lost({ recorder, view }: Props): JSX.Element {
  const what = view.loss && view.loss !== 'shared' ? lossWords[view.loss] : 'The device is gone';
  return (
    <div class="placard" role="alert" data-testid="lost">
      <span class="placard-icon attention">
        <Icon name="warning" size={44} />
      </span>
      <p class="placard-title">{what}</p>
      <p>
        {clockTime(view.elapsedMillis)} are recorded and kept. Plug it in again or choose another device, then
        go on. It stays one recording.
      </p>
      {view.problem ? (
        <p class="error-text" data-testid="problem">
          {view.problem.title}. {view.problem.advice}
        </p>
      ) : null}
      <button
        type="button"
        class="button primary"
        onClick={() => recorder.goOn()}
        data-testid="continue-button"
      >
        Go on recording
      </button>
    </div>
  );
}

function Trouble({ recorder, view }: Props): JSX.Element | null {
  const { problem } = view;
  if (!problem) return null;
  const hopeless = ['insecure', 'unsupported', 'no-recorder'].includes(problem.code);
  return (
    <div
      class="placard"
      role={problem.code === 'cancelled' ? 'status' : 'alert'}
      data-testid="problem"
      data-code={problem.code}
    >
      <span class="placard-icon attention">
        <Icon name={problem.code === 'cancelled' ? iconOf(view.wish.source) : 'warning'} size={44} />
      </span>
      <p class="placard-title">{problem.title}</p>
      <p>{problem.advice}</p>
      {hopeless ? null : (
        <button type="button" class="button" onClick={() => recorder.preview()} data-testid="try-again">
          Try again
        </button>
      )}
    </div>
  );
}

function Done({ view }: { view: RecorderView }): JSX.Element {
  const refused = view.upload?.phase === 'refused';
  return refused ? (
    <Words icon="warning" title="Not everything could be saved" text="What was saved until then is kept." />
  ) : (
    <Words
      icon="shield"
      title="Saved"
      text={`${clockTime(view.elapsedMillis)} recorded. The link that was live plays the recording now.`}
    />
  );
}

function Words(props: {
  icon: Parameters<typeof Icon>[0]['name'] | 'sound';
  title: string;
  text: string;
}): JSX.Element {
  return (
    <div class="placard">
      <span class="placard-icon">
        <Icon name={props.icon === 'sound' ? 'microphone' : props.icon} size={44} />
      </span>
      <p class="placard-title">{props.title}</p>
      <p>{props.text}</p>
    </div>
  );
}

function iconOf(source: RecorderView['wish']['source']): 'camera' | 'screen' | 'microphone' {
  return source === 'sound' ? 'microphone' : source;
}
