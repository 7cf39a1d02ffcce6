import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Capture } from './capture';
import type { RecorderStore, RecorderView } from './recorderStore';

interface Props {
  recorder: RecorderStore;
  view: RecorderView;
}

/** The one big button, the meter beside it. */
export function Controls({ recorder, view }: Props): JSX.Element {
  return (
    <div class="controls">
      <Level capture={view.capture} />
      <BigButton recorder={recorder} view={view} />
      <p class="hint">
        <kbd>R</kbd> starts and stops
      </p>
    </div>
  );
}

function BigButton({ recorder, view }: Props): JSX.Element {
  const { phase } = view;
  if (phase === 'recording' || phase === 'lost') {
    return (
      <button
        type="button"
        class="record-button stop"
        onClick={() => recorder.stop()}
        data-testid="stop-button"
      >
        <span class="record-shape" aria-hidden="true" />
        <span>{phase === 'lost' ? 'Finish' : 'Stop'}</span>
      </button>
    );
  }
  if (phase === 'done') {
    return (
      <button type="button" class="record-button" onClick={() => recorder.close()} data-testid="new-button">
        <span class="record-shape" aria-hidden="true" />
        <span>New recording</span>
      </button>
    );
  }
  const hopeless =
    view.problem !== null && ['insecure', 'unsupported', 'no-recorder'].includes(view.problem.code);
  return (
    <button
      type="button"
      class="record-button"
      disabled={hopeless}
      // Not disabled while busy: that would take the keyboard's focus away.
      aria-disabled={phase === 'asking' || phase === 'stopping'}
      onClick={() => recorder.record()}
      data-testid="record-button"
    >
      <span class="record-shape" aria-hidden="true" />
      <span>{phase === 'stopping' ? 'Saving…' : 'Record'}</span>
    </button>
  );
}

const bars = 16;

/** How loud the microphone hears; sampled, as the store has better things to do. */
function Level({ capture }: { capture: Capture | null }): JSX.Element {
  const [level, setLevel] = useState(0);
  const hears = capture?.hasSound ?? false;
  useEffect(() => {
    if (!capture?.hasSound) return setLevel(0);
    const timer = setInterval(() => setLevel((last) => Math.max(capture.level(), last * 0.8)), 66);
    return () => clearInterval(timer);
  }, [capture]);
  const lit = Math.round(level * bars);
  return (
    <div class={`level ${hears ? '' : 'off'}`} data-testid="level" data-level={lit}>
      <meter class="offscreen" min={0} max={bars} value={lit} aria-label="Microphone level" />
      {Array.from({ length: bars }, (_, bar) => (
        <span key={bar} aria-hidden="true" class={bar < lit ? (bar >= bars - 2 ? 'lit hot' : 'lit') : ''} />
      ))}
    </div>
  );
}
