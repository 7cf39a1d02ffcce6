import type { Gap, Report, Session } from '../api/shapes';
import { processingWords } from '../design/words';

/** What a session's state means for somebody who watches. */
export function stateWords(session: Session): string {
  if (session.failure) return session.failure.message;
  switch (session.state) {
    case 'recording':
      return 'It is being recorded right now. You can rewind as far as the bar under the picture reaches.';
    case 'interrupted':
      return 'The recorder is out of reach for the moment. It goes on here as soon as it is back.';
    case 'completing':
      return processingWords(session) || 'The recording has ended; its last seconds are being prepared.';
    case 'ready':
      return '';
    case 'failed':
      return 'Something went wrong with this recording. What could be saved is here.';
  }
}

/** What a report amounts to, in a few words. */
export function reportTitle(report: Report): string {
  if (report.result === 'failed') return 'Checked: not everything is as it should be';
  return report.missing.length > 0 ? 'Checked: complete but for what is missing' : 'Checked: complete';
}

/** Gaps that follow each other for the same reason are one for whoever reads. */
export function mergedGaps(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = [];
  for (const gap of gaps) {
    const last = merged.at(-1);
    if (last && last.reason === gap.reason && endOf(last) >= gap.startMillis - 1) {
      const durationMillis = Math.max(endOf(last), endOf(gap)) - last.startMillis;
      merged[merged.length - 1] = { ...last, durationMillis };
    } else {
      merged.push(gap);
    }
  }
  return merged;
}

function endOf(gap: Gap): number {
  return gap.startMillis + gap.durationMillis;
}
