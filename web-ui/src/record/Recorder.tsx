import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useStore } from '../design/useStore';
import { clockTime } from '../design/words';
import { Controls } from './Controls';
import { isUnsafe } from './machine';
import type { RecorderStore } from './recorderStore';
import { Settings } from './Settings';
import { ShareAndSafety } from './ShareAndSafety';
import { Stage } from './Stage';
import { announcement } from './words';

/** The recorder: a stage with the picture, what to record beside it, and what is safe below. */
export function Recorder({ recorder }: { recorder: RecorderStore }): JSX.Element {
  const view = useStore(recorder.view);
  useLeavingGuard(isUnsafe(view.phase) && view.upload?.phase !== 'refused');
  useWakeLock(view.phase === 'recording');
  useShortcut(recorder);
  return (
    <section class="recorder" aria-label="Recorder" data-testid="recorder" data-phase={view.phase}>
      <div class="recorder-main">
        <Stage recorder={recorder} view={view} />
        <Controls recorder={recorder} view={view} />
      </div>
      <div class="recorder-side">
        {view.upload ? (
          <ShareAndSafety recorder={recorder} view={view} />
        ) : (
          <Settings recorder={recorder} view={view} />
        )}
      </div>
      <p class="offscreen" role="status" aria-live="polite" data-testid="announcement">
        {announcement(view)}
      </p>
      <Title
        text={view.phase === 'recording' ? `● ${clockTime(view.elapsedMillis)} – Tapedeck` : 'Tapedeck'}
      />
    </section>
  );
}

function Title({ text }: { text: string }): null {
  useEffect(() => {
    document.title = text;
  }, [text]);
  return null;
}

/** The browser asks before it closes a page whose recording is not safe yet. */
function useLeavingGuard(unsafe: boolean): void {
  useEffect(() => {
    if (!unsafe) return;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', guard);
    return () => removeEventListener('beforeunload', guard);
  }, [unsafe]);
}

/** Keeps the screen, and with it a phone's camera, from falling asleep. */
function useWakeLock(active: boolean): void {
  useEffect(() => {
    if (!active || navigator.wakeLock === undefined) return;
    let lock: WakeLockSentinel | null = null;
    let over = false;
    // The browser takes the lock away whenever the page is hidden.
    const take = async () => {
      if (document.visibilityState !== 'visible' || over) return;
      lock = await navigator.wakeLock.request('screen').catch(() => null);
      if (over) void lock?.release();
    };
    void take();
    document.addEventListener('visibilitychange', take);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', take);
      void lock?.release();
    };
  }, [active]);
}

/** `R` starts and stops, unless somebody is writing. */
function useShortcut(recorder: RecorderStore): void {
  const latest = useRef(recorder);
  latest.current = recorder;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'r' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest('input, select, textarea, dialog')) return;
      event.preventDefault();
      const { phase } = latest.current.view.value;
      if (phase === 'recording' || phase === 'lost') void latest.current.stop();
      else if (phase !== 'stopping' && phase !== 'asking') void latest.current.record();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
