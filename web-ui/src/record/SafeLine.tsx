import type { JSX } from 'preact';
import { Icon } from '../design/icons';
import type { UploadProgress } from '../upload/chunkUploader';
import { savingWords } from './saving';

interface Props {
  progress: UploadProgress;
  /** Media time recorded so far. */
  elapsedMillis: number;
  making: boolean;
}

/** How much of what was recorded is safe: a line that fills behind the recording, and words. */
export function SafeLine({ progress, elapsedMillis, making }: Props): JSX.Element {
  const { look, headline, detail } = savingWords(progress, making);
  const share = elapsedMillis > 0 ? Math.min(1, progress.safeUntilMillis / elapsedMillis) : 1;
  const whole = !making && progress.pendingChunks === 0 && progress.refusal === null;
  return (
    <div
      class={`safe-line ${look}`}
      data-testid="safe-line"
      data-state={progress.state}
      data-safe-seconds={(progress.safeUntilMillis / 1000).toFixed(1)}
      data-pending-chunks={progress.pendingChunks}
    >
      <span class="safe-icon">
        <Icon name={look === 'good' || look === 'busy' ? 'shield' : 'warning'} size={22} />
      </span>
      <div class="safe-words">
        <strong>{headline}</strong>
        <span>{detail}</span>
      </div>
      <div class="safe-track" aria-hidden="true">
        <div class="safe-fill" style={{ width: `${(whole ? 1 : share) * 100}%` }} />
      </div>
    </div>
  );
}
