/** `1:05`, `1:02:03`: whole seconds, rounded down, as clocks do. */
export function clockTime(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${h > 0 ? String(m).padStart(2, '0') : m}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}

/** `1 hour 5 minutes 2 seconds`, for those who listen. */
export function spokenTime(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const parts = [
    plural(Math.floor(seconds / 3600), 'hour'),
    plural(Math.floor(seconds / 60) % 60, 'minute'),
    plural(seconds % 60, 'second'),
  ].filter((part) => !part.startsWith('0 '));
  return parts.length > 0 ? parts.join(' ') : '0 seconds';
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `about 2 minutes`: as exact as a guess may be. */
export function roughTime(millis: number): string {
  const seconds = Math.max(1, Math.ceil(millis / 1000));
  if (seconds < 55) return `about ${plural(Math.max(5, Math.ceil(seconds / 5) * 5), 'second')}`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? `about ${plural(minutes, 'minute')}`
    : `about ${plural(Math.round(minutes / 60), 'hour')}`;
}

/** `Getting ready: 43 %, about 2 minutes left; it can be watched already.` */
export function processingWords(session: {
  processing?: { progress: number; remainingMillis?: number };
  durationMillis: number;
}): string {
  const { processing } = session;
  if (!processing) return '';
  const { progress, remainingMillis } = processing;
  const left = remainingMillis === undefined ? '' : `, ${roughTime(remainingMillis)} left`;
  const watchable = session.durationMillis > 0 ? '; it can be watched already' : '';
  return `Getting ready: ${Math.floor(progress * 100)} %${left}${watchable}.`;
}

/** `3.4 MB`, decimal as file managers say it. */
export function fileSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `Today, 14:05`, `Yesterday, 9:30`, `21 Nov 2026, 14:05`, in the reader's language. */
export function momentInWords(time: string | number, now: Date, locale?: string): string {
  const date = new Date(time);
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(date);
  const daysAgo = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (daysAgo === 0) return `Today, ${clock}`;
  if (daysAgo === 1) return `Yesterday, ${clock}`;
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(date);
}

/** `14:05:22`, with the day in front where that is another one, in the reader's language. */
export function timeOfDay(millis: number, now = new Date(), locale?: string): string {
  const date = new Date(millis);
  const clock = { hour: 'numeric', minute: '2-digit', second: '2-digit' } as const;
  const today = startOfDay(now) === startOfDay(date);
  const format: Intl.DateTimeFormatOptions = today ? clock : { day: 'numeric', month: 'short', ...clock };
  return new Intl.DateTimeFormat(locale, format).format(date);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** What to call a session: its title, or when it was made. */
export function titleOf(session: { title: string; createdAt: string }, now = new Date()): string {
  return session.title.trim() || `Recording · ${momentInWords(session.createdAt, now)}`;
}
