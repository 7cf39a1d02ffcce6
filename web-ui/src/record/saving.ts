import { clockTime, fileSize, plural } from '../design/words';
import type { UploadProgress } from '../upload/chunkUploader';

/** How safe a recording is, in words and in one of four looks. */
export interface SavingWords {
  look: 'good' | 'busy' | 'attention' | 'bad';
  headline: string;
  detail: string;
}

/**
 * @param making whether more is being recorded right now
 */
export function savingWords(progress: UploadProgress, making: boolean): SavingWords {
  const { state, refusal, pendingBytes, pendingChunks, safeUntilMillis } = progress;
  const waiting = `${fileSize(pendingBytes)} still only on this computer`;
  if (refusal !== null) return { look: 'bad', headline: refusal.title, detail: refusal.advice };
  if (state === 'offline') {
    return {
      look: 'attention',
      headline: 'No connection – recording goes on',
      detail: `${waiting}. It is sent as soon as the server can be reached.`,
    };
  }
  if (pendingChunks > 0 && (state === 'behind' || !making)) {
    return {
      look: 'busy',
      headline: making ? 'Catching up' : 'Saving the rest',
      detail: `${waiting} (${plural(pendingChunks, 'piece')}).`,
    };
  }
  return {
    look: 'good',
    headline: `Safe up to ${clockTime(safeUntilMillis)}`,
    detail: making ? 'Every second is saved while you record.' : 'Everything is saved.',
  };
}
